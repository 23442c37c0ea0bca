import { VirtualClock } from '@handover/kernel';
import { StoreUnavailable } from '../faults.js';
import { type EventStore } from '../port.js';
import { anEvent } from '../testing/an-event.js';
import { type EsdbDouble, startEsdbDouble } from '../testing/esdb-double/server.js';
import { all } from '../testing/until.js';
import { esdbEventStore } from './store.js';

const clock = new VirtualClock(0);
const correlated = (correlationId: string) => anEvent({ metadata: { correlationId } });

describe('EventStoreDB without the projection $by_correlation_id', () => {
  let double: EsdbDouble;
  let store: EventStore;
  const open = async (query: string): Promise<void> => {
    double = await startEsdbDouble({ projections: false });
    store = esdbEventStore({ url: `${double.url}${query}`, clock });
    await store.append('handover-1', [correlated('a'), correlated('b'), correlated('a')], 'none');
  };
  afterEach(async () => {
    await store.close();
    await double.vanish();
  });

  it('does not pass a missing index off as an empty history', async () => {
    await open('');
    const history = all(store.readCorrelation('a'));
    await expect(history).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(history).rejects.toThrow('correlation=scan');
  });

  it('searches the log if the URL says so', async () => {
    await open('&correlation=scan');
    const history = await all(store.readCorrelation('a'));
    expect(history.map(({ revision }) => revision)).toEqual([0, 2]);
    expect(await all(store.readCorrelation('c'))).toEqual([]);
  });
});
