import { type StoredEvent } from '../port.js';
import { anEvent } from '../testing/an-event.js';
import { KnownStreams } from './known-streams.js';

const stored = (stream: string, revision: number): StoredEvent => ({
  ...anEvent({ id: `${stream}/${revision}` }),
  metadata: {
    correlationId: 'c',
    causationId: 'c',
    schemaVersion: 1,
    recordedAt: '2026-11-23T09:00:00.000Z',
  },
  stream,
  revision,
  position: String(revision),
});

describe('KnownStreams', () => {
  it('knows a stream from its first event to the last one read, whatever pages it came in', () => {
    const streams = new KnownStreams();
    streams.note('handover-1', [stored('handover-1', 0), stored('handover-1', 1)]);
    const known = streams.note('handover-1', [stored('handover-1', 1), stored('handover-1', 2)]);
    expect([known.last, [...known.ids.keys()]]).toEqual([
      2,
      ['handover-1/0', 'handover-1/1', 'handover-1/2'],
    ]);
  });

  it('claims nothing beyond a gap', () => {
    const streams = new KnownStreams();
    expect(streams.note('handover-1', [stored('handover-1', 5)]).last).toBe('none');
    streams.note('handover-1', [stored('handover-1', 0)]);
    expect(streams.note('handover-1', [stored('handover-1', 2)]).last).toBe(0);
  });

  it('forgets the streams that were not used for longest', () => {
    const streams = new KnownStreams();
    streams.note('handover-1', [stored('handover-1', 0)]);
    for (let number = 2; number <= 1_000; number += 1) streams.note(`handover-${number}`, []);
    streams.note('handover-1', []);
    streams.note('handover-1001', []);
    expect(streams.of('handover-1')?.last).toBe(0);
    expect(streams.of('handover-2')).toBeUndefined();
  });
});
