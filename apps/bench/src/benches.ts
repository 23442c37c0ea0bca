import { type Bench } from './bench.js';

/** Each loads its code when it runs: some pull in whole services. */
export const benches: Readonly<Record<string, Bench>> = {
  append: {
    title: 'Durable appends: our SQLite adapter against bare node:sqlite, same table, same durability',
    options: { events: 40_000, rounds: 5 },
    run: async (options) => (await import('./append.js')).benchAppend(options),
  },
  'event-cost': {
    title:
      'The floor under everything durable: the disk’s sync, and an event in bare node:sqlite by its indexes',
    options: { events: 40_000, size: 512 },
    run: async (options) => (await import('./event-cost.js')).benchEventCost(options),
  },
  replay: {
    title: 'A projection’s fold over a subscription from the begin, against a bare scan with JSON.parse',
    options: { events: 200_000, rounds: 3 },
    run: async (options) => (await import('./replay.js')).benchReplay(options),
  },
  'on-time': {
    title:
      'Exact promises of so many agents (κ) against simulation: kept with 95 %, and how many more would have been',
    options: { starts: 200_000 },
    run: async (options) => (await import('./on-time.js')).benchOnTime(options),
  },
  'on-time-random': {
    title: 'κ against simulation for handle times, variations and targets drawn at random',
    options: { cases: 100, starts: 40_000 },
    run: async (options) => (await import('./on-time.js')).benchOnTimeRandom(options),
  },
  'handle-times': {
    title:
      'Learned handle times of real calls beside their mean: as they were, and with dispositions forgotten',
    options: { least: 50 },
    run: async (options) => (await import('./handle-times.js')).benchHandleTimes(options),
  },
  reservation: {
    title: 'Reservations decided in memory on one core, by load, and with ten times fewer and more agents',
    options: { confirmations: 200_000 },
    run: async (options) => (await import('./reservation.js')).benchReservation(options),
  },
  'capacity-change': {
    title:
      'What a change of capacity costs the writer of a pool, with ten times fewer and so many appointments',
    options: { appointments: 100_000 },
    run: async (options) => (await import('./capacity-change.js')).benchCapacityChange(options),
  },
  'reservation-durable': {
    title: 'Reservations a second that are on the disk when answered: ours against six ways in PostgreSQL',
    options: { seconds: 10 },
    run: async (options) => (await import('./reservation-durable.js')).benchReservationDurable(options),
  },
  'policy-value': {
    title:
      'Exact slots against FIFO virtual hold and "within 2 hours", on a bank’s week: promises kept, reached, repeat calls, delay',
    options: { slotMinutes: 5 },
    run: async (options) => (await import('./policy-value/policy-value.js')).benchPolicyValue(options),
  },
  bus: {
    title:
      'Kafka: our bus with CloudEvents, lanes per key and commits, against bare kafkajs with the same bytes',
    options: { events: 100_000, rounds: 3 },
    run: async (options) => (await import('./bus.js')).benchBus(options),
  },
  'end-to-end': {
    title: 'Handovers a second through all five services, embedded and on Kafka, and where the time goes',
    options: { rate: 10, seconds: 15, agents: 100 },
    run: async (options) => (await import('./end-to-end/end-to-end.js')).benchEndToEnd(options),
  },
  'offer-latency': {
    title: 'From a request for a handover to its offers, through all five services, embedded and on Kafka',
    options: { rate: 50, seconds: 10 },
    run: async (options) => {
      const { benchOfferLatency } = await import('./service/offer-latency.js');
      return (await benchOfferLatency(options)).map((figures) => ({ ...figures }));
    },
  },
};
