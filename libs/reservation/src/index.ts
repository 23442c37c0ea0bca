export * from './engine/port.js';
export * from './engine/engine.js';
