import { minuteMs, secondMs } from '@handover/kernel';
import { agreedAt, start } from '@handover/dialing/testing';
import { callers, history, work } from './testing/callers.js';
import { Centre } from './testing/centre.js';

describe('an agent who has read the briefing of an upcoming callback', () => {
  /** Ann, who was to keep c-1, leaves it 50 seconds before its window closes; Ben has c-2, whose window is the next one. */
  const annLeaves = async (others: readonly string[]): Promise<Centre> => {
    const centre = await Centre.open();
    await centre.agents('ann', 'ben', ...others);
    for (const busy of ['ann', 'ben', ...others]) await centre.state(busy, 'busy');
    await callers(centre, ['c-1']);
    await callers(centre, ['c-2'], start + 5 * minuteMs);
    await centre.pass(start - agreedAt + 235 * secondMs);
    await centre.state('ann', 'available');
    await centre.settle();
    await centre.state('ben', 'available');
    await centre.pass(10 * secondMs);
    await centre.acknowledge('ben', 'c-2');
    expect(await centre.story('c-2')).toContain('BriefingAcknowledged');
    await centre.state('ann', 'away');
    await centre.pass(5 * secondMs);
    return centre;
  };

  it('goes to a promise that is about to be broken, and both are kept', async () => {
    const centre = await annLeaves(['cid']);
    expect((await centre.story('c-2')).at(-1)).toBe('AgentReleased(more-pressing)');
    expect((await centre.story('c-1')).slice(-2)).toEqual(['AgentAssigned(ben)', 'BriefingPresented']);
    // Whose briefing it was no longer is may say so: that is refused, and nobody is dialled.
    expect((await centre.acknowledge('ben', 'c-2')).statusCode).toBe(409);
    await centre.acknowledge('ben', 'c-1');
    await centre.passUntil('CallerConnected', 'c-1');
    await centre.state('cid', 'available');
    await work(centre, 6 * 60, () => 30);
    const dials = (await history(centre)).filter(({ type }) => type === 'AttemptStarted');
    expect(dials.map(({ data }) => data)).toMatchObject([
      { callbackId: 'c-1', agentId: 'ben', inWindow: true },
      { callbackId: 'c-2', agentId: 'cid', inWindow: true },
    ]);
    const given = (await centre.story('c-2')).filter((each) => each.startsWith('AgentAssigned'));
    expect(given).toEqual(['AgentAssigned(ben)', 'AgentAssigned(cid)']);
    await centre.close();
  });

  it('comes back if the other is not wanted any more, and is not asked to and fro', async () => {
    const centre = await annLeaves(['cid']);
    await centre.cancel({ callbackId: 'c-1', handoverId: 'h-c-1' });
    await centre.pass(10 * secondMs);
    expect((await centre.story('c-2')).slice(-2)).toEqual(['AgentAssigned(ben)', 'BriefingPresented']);
    await centre.close();
  });

  it('is not taken twice for a promise whose briefing the agent then lets pass', async () => {
    const centre = await annLeaves(['cid']);
    await centre.passUntil('AgentReleased(unacknowledged)', 'c-1');
    await centre.pass(5 * secondMs);
    expect((await centre.story('c-2')).at(-2)).toBe('AgentAssigned(ben)');
    await centre.acknowledge('ben', 'c-2');
    await work(centre, 3 * 60, () => 30);
    expect(
      (await centre.story('c-2')).filter((each) => each === 'AgentReleased(more-pressing)'),
    ).toHaveLength(1);
    expect(await centre.story('c-2')).toContain('CallbackCompleted(resolved)');
    await centre.close();
  });

  it('stays if nobody else is there for that caller', async () => {
    const centre = await annLeaves([]);
    expect((await centre.story('c-2')).at(-1)).toBe('BriefingAcknowledged');
    await centre.close();
  });
});
