export * from './instant.js';
export * from './zone.js';
export * from './clock.js';
export * from './virtual-clock.js';
export * from './ids.js';
export * from './decision.js';
export * from './json.js';
export * from './random.js';
