import {
  type CapacityProjected,
  type CapacityRow,
  type ConfirmSlot,
  type PoolSettings,
  type RequestSlots,
} from '@handover/contracts';
import { type Instant, atLocalTime, minuteMs, toIso } from '@handover/kernel';
import { type Speech } from '../speech.js';
import { type SlotCommand } from '../decide.js';

export const zurich = 'Europe/Zurich';
/** A Monday without a clock change. */
export const monday = '2026-11-23';
export const at = (time: string, date = monday, zone = zurich): Instant => atLocalTime(date, time, zone);
/** When capacity begins. */
export const tenOClock = at('10:00');
/** When stories begin. */
export const justBefore = tenOClock - minuteMs;

/** Says just enough to see what was said to whom about when. */
export const plainSpeech: Speech = {
  isSpeakable: () => true,
  spokenTime: (start, zone) => `${toIso(start)} ${zone}`,
  offersSentence: (starts) => `offers ${starts.map(toIso).join()}`,
  confirmedSentence: (start) => `confirmed ${toIso(start)}`,
  movedSentence: (from, to) => `moved ${toIso(from)} ${toIso(to)}`,
  noSlotSentence: (reason) => `none ${reason}`,
  holdExpiredSentence: (starts) => `fresh ${starts.map(toIso).join()}`,
  refusedSentence: (refused) => `refused ${refused}`,
};

/** `agents` may be called from `from` on for `hours`, on five-minute cells. */
export const aRow = (agents: number, row: Partial<CapacityRow> & { hours?: number } = {}): CapacityRow => {
  const from = row.from ?? toIso(tenOClock);
  const cells = Array.from({ length: (row.hours ?? 2) * 12 }, () => agents);
  return {
    group: row.group ?? 'billing@end',
    skills: row.skills ?? ['billing'],
    until: row.until ?? toIso(Date.parse(from) + cells.length * 5 * minuteMs),
    from,
    cells: row.cells ?? cells,
  };
};

export interface AProjection {
  readonly version?: number;
  readonly full?: boolean;
  readonly rows?: CapacityRow[];
  readonly handleTimes?: CapacityProjected['handleTimes'];
  readonly unpromised?: CapacityProjected['unpromised'];
  readonly settings?: Partial<PoolSettings>;
  readonly occurredAt?: string;
}

export const aProjection = (given: AProjection = {}): CapacityProjected => ({
  pool: 'care',
  version: given.version ?? 1,
  full: given.full ?? true,
  settings: { timeZone: zurich, handleSeconds: 300, leadMinutes: 0, holdShare: 1, ...given.settings },
  rows: given.rows ?? [aRow(1)],
  handleTimes: given.handleTimes ?? [],
  unpromised: given.unpromised ?? [],
  occurredAt: given.occurredAt ?? toIso(justBefore),
});

export const aRequest = (given: Partial<RequestSlots> = {}): RequestSlots => {
  const handoverId = given.handoverId ?? 'h1';
  return {
    requestId: `request-${handoverId}`,
    handoverId,
    pool: 'care',
    skills: ['billing'],
    subjectId: `subject-${handoverId}`,
    issueType: 'invoice',
    urgency: 'normal',
    language: 'en',
    timeZone: zurich,
    occurredAt: toIso(justBefore),
    ...given,
  };
};

export const request = (given: Partial<RequestSlots> = {}): SlotCommand => ({
  type: 'slots.request',
  data: aRequest(given),
});

export const confirm = (given: Partial<ConfirmSlot> & { offerId: string }): SlotCommand => ({
  type: 'slots.confirm',
  data: {
    requestId: `confirm-${given.offerId}`,
    handoverId: 'h1',
    pool: 'care',
    occurredAt: toIso(justBefore),
    ...given,
  },
});

export const release = (handoverId = 'h1', occurredAt = toIso(justBefore)): SlotCommand => ({
  type: 'slots.release',
  data: { handoverId, pool: 'care', occurredAt },
});

export const cancel = (handoverId = 'h1', occurredAt = toIso(justBefore)): SlotCommand => ({
  type: 'slots.cancel',
  data: { handoverId, pool: 'care', occurredAt },
});

export const project = (given: AProjection = {}): SlotCommand => ({
  type: 'slots.apply-capacity',
  data: aProjection(given),
});

export const tick: SlotCommand = { type: 'tick' };
