import { type NewEvent } from '@handover/platform';
import { idFrom } from '@handover/kernel';

export const sampleType = 'HandoverRequested';
const eventsPerStream = 4;

/** The n-th of a series of events of about 700 bytes of JSON, four to a handover, the handovers in random order of ids. */
export function sampleEvent(number: number): {
  readonly stream: string;
  readonly revision: number;
  readonly event: NewEvent;
} {
  const handoverId = idFrom('bench', 'handover', Math.floor(number / eventsPerStream));
  return {
    stream: `handover-${handoverId}`,
    revision: number % eventsPerStream,
    event: {
      id: idFrom('bench', number),
      type: sampleType,
      data: {
        handoverId,
        pool: 'billing',
        skills: ['billing', 'english'],
        issue: { type: 'disputed-charge', summary: 'A charge of last month is not the caller’s. '.repeat(4) },
        urgency: 'high',
        attempted: ['explained the statement', 'checked the card', 'offered a dispute form'],
        personal: { phoneNumber: '+15550100', said: 'I have never bought anything there. '.repeat(3) },
      },
      metadata: {
        correlationId: handoverId,
        causationId: idFrom('bench', 'cause', number),
        schemaVersion: 1,
        recordedAt: '2026-11-23T09:00:00.000Z',
      },
    },
  };
}
