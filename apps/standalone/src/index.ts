export { definitions } from './definitions.js';
export { type Standalone, startStandalone } from './standalone.js';
