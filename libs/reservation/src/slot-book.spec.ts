import { type AppointmentConfirmed, type AppointmentEvent, type AppointmentMoved } from '@handover/contracts';
import { fromIso, minuteMs, toIso } from '@handover/kernel';
import { type SlotBook, emptySlotBook, evolve, subjectOf } from './slot-book.js';
import { aRequest, monday, tenOClock } from './testing/builders.js';

const place = (start: number) => ({
  start: toIso(start),
  end: toIso(start + 5 * minuteMs),
  words: 'at ten',
  say: 'At ten.',
  capacityVersion: 1,
  group: 'billing@end',
});
const terms = (handoverId: string) => ({
  ...aRequest({ handoverId, subjectId: 's1' }),
  handleSeconds: 300,
  occurredAt: toIso(tenOClock),
});
const confirmed = (id: string, more: Partial<AppointmentConfirmed> = {}): AppointmentEvent => ({
  type: 'AppointmentConfirmed',
  data: { ...terms(`h-${id}`), ...place(tenOClock), appointmentId: id, offerId: `o-${id}`, ...more },
});
const moved = (id: string, more: Partial<AppointmentMoved> = {}): AppointmentEvent => ({
  type: 'AppointmentMoved',
  data: {
    ...terms(`h-${id}`),
    ...place(tenOClock + 30 * minuteMs),
    appointmentId: id,
    fromStart: toIso(tenOClock),
    by: 'capacity',
    occurredAt: toIso(tenOClock + minuteMs),
    ...more,
  },
});
const bookAfter = (...events: readonly AppointmentEvent[]): SlotBook => {
  const book = emptySlotBook();
  for (const event of events) evolve(book, { day: monday, event });
  return book;
};

describe('a slot book', () => {
  it('remembers since when an appointment is promised, though it was moved', () => {
    const appointment = bookAfter(confirmed('a1'), moved('a1')).appointments.get('a1');
    expect(appointment).toMatchObject({ confirmedAt: tenOClock, changes: 1 });
    const alone = bookAfter(moved('a1')).appointments.get('a1');
    expect(alone?.confirmedAt).toBe(tenOClock + minuteMs);
  });

  it('knows the newest appointment of a subject, though the one it replaces is moved before it is cancelled', () => {
    const book = bookAfter(confirmed('a1'), confirmed('a2', { supersedes: 'a1' }), moved('a1'));
    expect(book.bySubject.get(subjectOf(terms('h-a2')))).toBe('a2');
    expect([...book.superseded]).toEqual([['a1', 'a2']]);
  });

  it('finds an appointment by the start that it has now', () => {
    const book = bookAfter(confirmed('a1'), moved('a1'));
    const start = fromIso(place(tenOClock + 30 * minuteMs).start);
    expect([...book.starts.around(start, start)]).toEqual(['a1']);
    expect([...book.starts.around(tenOClock - minuteMs, tenOClock)]).toEqual([]);
  });
});
