import { randomUUID } from 'node:crypto';
import { type NewEvent } from '../port.js';

/** An event as a test needs it; every part that does not matter to the test has a plausible value. */
export const anEvent = ({
  id = randomUUID(),
  type = 'HandoverRequested',
  data = { pool: 'billing' },
  metadata = {},
}: Partial<Omit<NewEvent, 'metadata'>> & { metadata?: Partial<NewEvent['metadata']> } = {}): NewEvent => ({
  id,
  type,
  data,
  metadata: { correlationId: 'handover-1', causationId: 'request-1', schemaVersion: 1, ...metadata },
});

/** Events numbered in their data: `{ number: first }` and on. */
export const events = (count: number, first = 0): NewEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent({ data: { number: first + index } }));
