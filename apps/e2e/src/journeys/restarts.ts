import { aCentre } from '../system/centre.js';
import { Caller } from '../system/caller.js';
import { closeDesks, openDesk } from '../system/desk.js';
import { services, type Service, type System } from '../system/system.js';
import { expectInvariants } from './invariants.js';

/**
 * Each service is killed with -9 in the middle of a journey: between offer, acceptance, appointment and call.
 * Where all share a process, one kill is the death of all.
 */
export function describeRestarts(system: () => System, killed: readonly Service[] = services): void {
  afterEach(closeDesks);
  it.each(killed)('%s is killed in mid-journey and nothing is lost or done twice', async (service) => {
    const centre = await aCentre(system());
    const caller = new Caller(system(), centre);
    const waiting = new Caller(system(), centre);
    const held = await waiting.handsOver();
    const { handoverId } = await caller.books();

    await system().restart(service);

    const goHome = openDesk(system(), centre);
    const accepted = await waiting.accepts(held, held.offers[0]);
    expect([201, 202, 409]).toContain(accepted.status);
    const state = await caller.reaches(handoverId, 'completed');
    expect(state.status).toBe('completed');
    await goHome();
    const history = await caller.history(handoverId);
    expectInvariants(history);
    expect(history.outcome).toMatchObject({ reached: true, disposition: 'resolved', closed: true });
  });
}
