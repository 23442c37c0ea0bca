export { isSpeakable } from './moment.js';
export * from './sentences.js';
