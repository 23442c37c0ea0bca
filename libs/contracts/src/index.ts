import { describeContracts } from './described.js';

export * from './fields/index.js';
export * from './conversations/conversation.js';
export * from './handover/context.js';
export * from './handover/events.js';
export * from './handover/fold-context.js';
export * from './slots/slots.js';
export * from './slots/answers.js';
export * from './capacity/pool.js';
export * from './capacity/agent.js';
export * from './capacity/stretches.js';
export * from './capacity/answers.js';
export * from './capacity/projection.js';
export * from './callbacks/callbacks.js';
export * from './callbacks/answers.js';
export * from './surveys/surveys.js';
export * from './handover/answers.js';
export * from './topics.js';
export * from './messages.js';
export * from './domain-event.js';
export * from './upcasting/index.js';
export * from './streams.js';
export * from './http/paths.js';
export * from './asyncapi/document.js';
export { contractSchemas, type JsonSchema } from './asyncapi/schemas.js';

describeContracts();
