export * from './builders.js';
export * from './checker.js';
