export * from './outcome.js';
export * from './conversation.js';
export * from './survey.js';
export * from './history.js';
export * from './metrics/facts.js';
export * from './metrics/definitions.js';
export * from './metrics/measure.js';
