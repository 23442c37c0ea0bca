export * from './rules.js';
export * from './nested.js';
export * from './words.js';
export * from './plausible.js';
