import { DatabaseSync } from 'node:sqlite';
import { type StoredEvent } from '@handover/platform';
import { appointmentIn, appointmentsView } from './appointments-view.js';

const agreed = '2026-11-23T10:00:00.000Z';
const event = (type: string, data: object): StoredEvent =>
  ({ type, data: { appointmentId: 'a1', pool: 'care', ...data } }) as unknown as StoredEvent;
const confirmed = event('AppointmentConfirmed', { start: agreed, end: '2026-11-23T10:05:00.000Z' });
const moved = (fromStart: string, start: string): StoredEvent =>
  event('AppointmentMoved', { fromStart, start, end: start });

function viewAfter(...events: readonly StoredEvent[]): DatabaseSync {
  const view = new DatabaseSync(':memory:');
  view.exec(appointmentsView.schema);
  for (const each of events) appointmentsView.apply(each, view);
  return view;
}

describe('the view of appointments', () => {
  it('shows the start that was first agreed, however often it was moved', () => {
    const [once, twice] = ['2026-11-23T11:00:00.000Z', '2026-11-23T12:00:00.000Z'];
    const view = viewAfter(confirmed, moved(agreed, once), moved(once, twice));
    expect(appointmentIn(view, 'a1')).toMatchObject({ start: twice, movedFrom: agreed, state: 'confirmed' });
  });

  it('shows one that is at risk, and secured again with its new proof', () => {
    const atRisk = event('AppointmentAtRisk', { start: agreed });
    expect(appointmentIn(viewAfter(confirmed, atRisk), 'a1')?.state).toBe('at-risk');
    const secured = event('AppointmentSecured', { capacityVersion: 9, group: 'care@end' });
    expect(appointmentIn(viewAfter(confirmed, atRisk, secured), 'a1')).toMatchObject({
      state: 'confirmed',
      capacityVersion: 9,
      group: 'care@end',
    });
  });
});
