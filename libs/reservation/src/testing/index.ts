export * from './builders.js';
export * from './checker.js';
export * from './log-reader.js';
