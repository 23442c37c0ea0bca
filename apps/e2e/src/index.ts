// The running system as tests and benches start it: real processes, driven over HTTP.
export { callHttp, type Answer } from './system/api.js';
export { Caller, type HandoverAnswer, type SpokenOffer } from './system/caller.js';
export { aCentre, type Centre } from './system/centre.js';
export { openDesk } from './system/desk.js';
export { startFleet } from './system/fleet.js';
export { startStandalone } from './system/standalone.js';
export { services, type LocalSystem, type Service, type System } from './system/system.js';
export { until } from './system/until.js';
