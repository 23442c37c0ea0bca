export * from './plain.js';
export * from './conversation.js';
export * from './routing.js';
export * from './default-routing.js';
export * from './refusals.js';
export * from './handover.js';
export * from './fold-handover.js';
export { appointmentMade, offersHeld } from './fold-appointment.js';
