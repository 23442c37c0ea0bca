export * from './audit.js';
export * from './report.js';
