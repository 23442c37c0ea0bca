import { Gauge, type Registry } from 'prom-client';
import { lagOf } from '../bus/lag.js';
import { type Bus } from '../bus/port.js';

/** Shows how far each consumer is behind; a broker that does not answer shows nothing. */
export function showLag(registry: Registry, bus: Pick<Bus, 'consumers' | 'offsets'>): void {
  new Gauge({
    name: 'handover_consumer_lag_messages',
    help: "Messages that the consumer's partitions hold beyond what it has done; absent if the broker does not tell.",
    labelNames: ['group'],
    registers: [registry],
    async collect() {
      const consumers = bus.consumers();
      const lags = await Promise.all(consumers.map((consumer) => lagOf(bus, consumer)));
      this.reset();
      for (const [index, { group }] of consumers.entries()) {
        const lag = lags[index];
        if (lag !== undefined) this.inc({ group }, lag);
      }
    },
  });
}
