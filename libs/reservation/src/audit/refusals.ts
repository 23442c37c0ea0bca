import { type AuditedEvent, type Refusal } from './report.js';

/** The refusals among the events, in their order. */
export const refusalsIn = (events: readonly AuditedEvent[]): readonly Refusal[] =>
  events.flatMap((event): Refusal[] => {
    if (event.type === 'NoSlotFound') {
      const { occurredAt, handoverId, requestId, reason, nextOpening } = event.data;
      const instead = nextOpening === undefined ? [] : [nextOpening];
      return [{ at: occurredAt, handoverId, requestId, refused: 'times', why: reason, instead }];
    }
    if (event.type === 'ConfirmationRefused') {
      const { occurredAt, handoverId, requestId, offerId, refused, offers } = event.data;
      const instead = offers.map(({ start }) => start);
      return [{ at: occurredAt, handoverId, requestId, refused: { offerId }, why: refused, instead }];
    }
    return [];
  });
