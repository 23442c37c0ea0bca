export * from './engine/port.js';
export * from './engine/engine.js';
export * from './decide.js';
export { nextExpiry } from './decisions/holds.js';
export * from './pool.js';
export * from './slot-book.js';
export * from './speech.js';
export * from './overview.js';
export * from './audit/index.js';
