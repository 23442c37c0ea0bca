import { type Story } from '../testing/story.js';
import { type AuditedEvent } from './report.js';

/** What a story has stored, as an audit reads it. */
export const eventsOf = (story: Story): AuditedEvent[] => [
  ...story.projections.map((data) => ({ type: 'CapacityProjected' as const, data })),
  ...story.log.map(({ event }) => event),
];
