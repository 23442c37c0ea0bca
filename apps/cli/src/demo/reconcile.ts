import { type Instant } from '@handover/kernel';
import { metricsOf } from './report.js';
import { type Stage } from './stage.js';

/** A number that two independent sources tell. */
export interface Comparison {
  readonly what: string;
  readonly actors: number;
  readonly log: number;
}

interface History {
  readonly events: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
}

/** Counts the events of every handover of the demo, from its history in the event store. */
async function eventsOf({ api, tally }: Stage): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const handoverId of new Set(tally.handoverIds)) {
    const { events } = await api.must<History>('GET', `/v1/handovers/${handoverId}/history`);
    for (const { type, data } of events) {
      count(type);
      if (type === 'CallbackCompleted') count(`completed by ${String(data['by'])}`);
    }
    if (events.some(({ type }) => type === 'AttemptStarted')) count('handovers dialled');
  }
  return counts;
}

/** Compares what the actors counted with the histories in the event store, and both with the metrics. */
export async function reconcile(stage: Stage, from: Instant): Promise<readonly Comparison[]> {
  const events = await eventsOf(stage);
  const metrics = await metricsOf(stage, from);
  const { tally } = stage;
  const stored = (type: string): number => events.get(type) ?? 0;
  return [
    { what: 'handovers requested', actors: tally.of('handovers'), log: stored('HandoverRequested') },
    {
      what: 'appointments confirmed',
      actors: tally.of('appointments confirmed'),
      log: stored('AppointmentConfirmed'),
    },
    { what: 'offers declined', actors: tally.of('offers declined'), log: stored('OffersDeclined') },
    {
      what: 'cancelled by the caller',
      actors: tally.of('appointments cancelled by the caller'),
      log: stored('HandoverWithdrawn'),
    },
    {
      what: 'callbacks closed by agents',
      actors: tally.of('callbacks closed by agents'),
      log: stored('completed by agent'),
    },
    {
      what: 'surveys answered',
      actors: tally.of('surveys answered'),
      log: metrics.get('survey-response')?.numerator ?? -1,
    },
    {
      what: 'conversations',
      actors: tally.of('conversations'),
      log: metrics.get('containment')?.denominator ?? -1,
    },
    {
      what: 'handovers measured',
      actors: tally.of('handovers'),
      log: metrics.get('repeat-contacts')?.denominator ?? -1,
    },
    {
      what: 'callbacks dialled',
      actors: metrics.get('reached')?.denominator ?? -1,
      log: stored('handovers dialled'),
    },
  ];
}
