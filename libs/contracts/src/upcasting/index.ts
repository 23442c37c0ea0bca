export * from './upcasting.js';
export * from './upcasters.js';
