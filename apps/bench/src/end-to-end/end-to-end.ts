import { aCentre, type Centre } from '@handover/app-e2e';
import { type Figures } from '../bench.js';
import { type BusName, openSystem } from '../service/open-system.js';
import { openDesk } from './desk.js';
import { round } from './round.js';

const pools = 4;
/** A window of a minute lasts two seconds: dials wait for their time, not for each other. */
const speed = 30;
const warmUp = { rate: 10, seconds: 5 };
const centre = { slotMinutes: 1, leadMinutes: 2, handleSeconds: 60, holdSeconds: 900, horizonHours: 2 };

/**
 * Goes up by half from rate to rate until one is not sustained. All figures of the last that was (of the first, if none
 * was), and how the one that was not went.
 */
async function climb(bus: BusName, first: number, seconds: number, agents: number): Promise<Figures[]> {
  const measured = await openSystem(bus, speed);
  const { system } = measured;
  const centres: Centre[] = [];
  const desks: (() => void)[] = [];
  try {
    for (let pool = 0; pool < pools; pool += 1)
      centres.push(await aCentre(system, { agents, settings: centre }));
    for (const each of centres) desks.push(...each.agents.map((agent) => openDesk(system, agent)));
    await round(measured, centres, warmUp.rate, warmUp.seconds);
    let best: readonly Figures[] = [];
    for (let rate = first; ; rate = Math.ceil(rate * 1.5)) {
      const { sustained, figures } = await round(measured, centres, rate, seconds);
      if (!sustained) return best.length === 0 ? [...figures] : [...best, ...figures.slice(0, 1)];
      best = figures;
    }
  } finally {
    for (const close of desks) close();
    await measured.stop();
  }
}

/**
 * Handovers a second through all five services. One is through when its bot got offers and an appointment at the first
 * asking, the callback was dialled in its window by an agent who had acknowledged the briefing, the agent closed it, and
 * analytics has asked the caller how it was. A rate is sustained if 99 % are through and 95 % had offers in 300 ms.
 * Callers and agents' desktops run on the same machine, and their processor time is shown too.
 */
export async function benchEndToEnd({ rate = 10, seconds = 15, agents = 100 }): Promise<Figures[]> {
  return [
    ...(await climb('embedded', rate, seconds, agents)),
    ...(await climb('kafka', rate, seconds, agents)),
  ];
}
