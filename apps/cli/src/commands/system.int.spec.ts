import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { type HandoverHistory } from '@handover/contracts';
import { topics } from '@handover/contracts';
import { type ProcessStatus } from '@handover/platform/access';
import { until } from '@handover/platform/testing';
import { checkpointsOf } from '../access/checkpoints.js';
import { publishStates } from '../testing/agent-states.js';
import { handover, handoverJson } from '../testing/handover.js';
import { RunningStandalone } from '../testing/running-standalone.js';

interface Handover {
  readonly handoverId: string;
  readonly offers: readonly { readonly offerId: string }[];
}

describe('commands on a running system', () => {
  let system: RunningStandalone;
  let handoverId: string;
  const run = (...args: string[]) => handover(args, system.environment);
  const status = () => system.call<ProcessStatus>('GET', '/operations/status');
  const parked = async (): Promise<number> =>
    (await status()).consumers.reduce((sum, { parkedKeys }) => sum + parkedKeys, 0);

  const path = '/v1/handovers';
  let customers = 0;
  const request = (more: object = {}): object => ({
    conversationId: 'c-1',
    subjectId: `customer-${++customers}`,
    language: 'en',
    timeZone: 'UTC',
    issue: { type: 'billing-dispute' },
    personal: { phoneNumber: '+41445551234', summary: 'Charged twice in October.' },
    ...more,
  });

  const schedule = async (): Promise<string> => {
    const { handoverId: id, offers } = await system.call<Handover>('POST', path, request());
    await system.call('POST', `${path}/${id}/appointment`, { offerId: offers[0]?.offerId });
    await until(async () => {
      const { events } = await system.call<HandoverHistory>('GET', `${path}/${id}/history`);
      return events.some(({ type }) => type === 'CallbackScheduled');
    });
    return id;
  };

  beforeAll(async () => {
    system = await RunningStandalone.start();
    handoverId = await schedule();
  }, 60_000);
  afterAll(() => system.stop());

  it('history tells each event of a handover, as of any moment, and nothing personal', async () => {
    const [now, before, unknown] = await Promise.all([
      run('history', handoverId),
      run('history', handoverId, '--at', '2020-01-01T00:00:00Z'),
      run('history', 'nobody'),
    ]);
    const types = [
      'HandoverRequested',
      'OffersHeld',
      'OfferAccepted',
      'AppointmentConfirmed',
      'CallbackScheduled',
    ];
    expect(types.map((type) => now.out.indexOf(type))).toEqual(
      types.map((type) => now.out.indexOf(type)).sort((one, other) => one - other),
    );
    expect(now.out).toMatch(/AppointmentConfirmed .* words="[^"]+"/);
    expect(now.out).not.toMatch(/41445551234|October/);
    expect(before.out).toBe(`Handover ${handoverId}: not yet requested at 2020-01-01T00:00:00.000Z\n`);
    expect([unknown.code, unknown.err]).toEqual([1, 'handover: The log has no events of handover nobody.\n']);
  });

  it('status shows all on one screen; it ends with 1 when a process is silent', async () => {
    const [well, silent] = await Promise.all([
      run('status'),
      run('status', '--url', system.url, '--url', 'http://127.0.0.1:9'),
    ]);
    expect([well.code, well.out]).toEqual([0, expect.stringContaining('All is well.')]);
    for (const service of checkpointsOf.keys())
      expect(well.out).toMatch(new RegExp(`^${service} +up +active`, 'm'));
    expect(well.out).toMatch(/^SERVICE +READY +RELAY +HELD BY +BACKLOG +DELAY +PUBLISHED$/m);
    expect(well.out).toMatch(/^CONSUMER +PARTITIONS +LAG +IN HAND +QUEUED +RETRYING +PARKED KEYS +HANDLED$/m);
    expect(well.out).toMatch(/^handover-reservation +12 +0 /m);
    expect(well.out).toMatch(/OPEN HANDOVERS {2}\d+: .*1 scheduled/);
    expect(silent.code).toBe(1);
    expect(silent.out).toContain('ATTENTION\n  http://127.0.0.1:9 does not answer');
  });

  it('replay gives the same tables for every projection of the five services', async () => {
    const projections = ['capacity-centre', 'appointments', 'dialing-situation', 'outcomes'];
    const ended = await Promise.all(
      projections.map((name) => run('projections', 'replay', name, '--blue-green')),
    );
    for (const { code, out } of ended) {
      expect([code, out]).toEqual([0, expect.stringContaining('switched to the new view')]);
      expect(out).toContain(': the same (');
      expect(out).not.toContain('DIFFERENT');
    }
    const back = await run('projections', 'replay', 'outcomes', '--rollback');
    expect([back.code, back.out]).toEqual([0, expect.stringContaining('went back to the kept view')]);
  });

  it('a dry run finds a damaged view, and a replay repairs it', async () => {
    const { file } =
      (
        await handoverJson<{ file: string }[]>(['projections', 'status', 'outcomes'], system.environment)
      )[0] ?? {};
    {
      using view = new DatabaseSync(join(system.directory, 'views', 'analytics', file ?? ''));
      view.exec('DELETE FROM outcome');
    }
    const found = await run('projections', 'replay', 'outcomes', '--dry-run');
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/table outcome: DIFFERENT: 0 rows before, \d+ now/);
    expect((await run('projections', 'replay', 'outcomes')).code).toBe(0);
    expect((await run('projections', 'replay', 'outcomes', '--dry-run')).code).toBe(0);
  });

  it('pause and resume; a pause wants attention', async () => {
    expect((await run('projections', 'pause', 'outcomes')).out).toContain('paused');
    const paused = await run('status');
    expect([paused.code, paused.out]).toEqual([
      1,
      expect.stringContaining(
        'analytics: projection outcomes is paused: handover projections resume outcomes',
      ),
    ]);
    expect((await run('projections', 'resume', 'outcomes')).out).toContain('live');
    const unknown = await run('projections', 'pause', 'nothing');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('there are: capacity-centre')]);
  });

  it('dead letters: list, show, redrive too early, redrive after the repair, audit', async () => {
    await publishStates(system.directory, 'zoe', ['available', 'busy']);
    await until(async () => (await parked()) === 1);
    expect((await run('status')).out).toContain('handover-capacity: 1 key(s) wait in dead letters');
    const queue = `${topics.capacityCommands}.handover-capacity.dlq`;
    const [{ keys = [] } = {}] = await handoverJson<
      { keys: { partition: number; key: string; letters: number; first: number }[] }[]
    >(['dlq', 'list'], system.environment);
    expect(keys).toEqual([expect.objectContaining({ key: 'zoe', letters: 2 })]);
    const shown = await run('dlq', 'show', queue, String(keys[0]?.partition), String(keys[0]?.first));
    expect(shown.out).toMatch(/why +MessageFault: unknown-agent/);
    expect(shown.out).toContain('"state": "available"');

    const redrive = ['dlq', 'redrive', queue, '--key', 'zoe', '--why', 'registered now', '--by', 'sre'];
    expect((await run(...redrive, '--dry-run')).out).toMatch(/^Would redrive zoe .*: 2 letter/);
    const early = await run(...redrive);
    expect([early.code, early.out]).toEqual([
      1,
      expect.stringContaining('FAILED AGAIN, the key stays parked: unknown-agent'),
    ]);

    await system.call('PUT', '/v1/agents/zoe', {
      displayName: 'Zoe',
      pool: 'billing',
      skills: ['billing', 'en'],
    });
    const late = await run(...redrive);
    expect([late.code, late.out]).toEqual([
      0,
      expect.stringContaining('2 letter(s) handled; the key flows again'),
    ]);
    const agent = await system.call<{ state: string }>('GET', '/v1/agents/zoe');
    expect(agent.state).toBe('busy');
    const trail = await handoverJson<{ action: string; by: string }[]>(['dlq', 'audit'], system.environment);
    expect(trail.map(({ action, by }) => [action, by])).toEqual([
      ['redrive', 'sre'],
      ['redrive-failed', 'handover-capacity'],
      ['redrive', 'sre'],
      ['redriven', 'handover-capacity'],
    ]);
  });

  it('dead letters: discard gives up what is parked, and the key flows again', async () => {
    await publishStates(system.directory, 'yan', ['available']);
    const queue = `${topics.capacityCommands}.handover-capacity.dlq`;
    const list = (): Promise<string> => run('dlq', 'list').then(({ out }) => out);
    await until(async () => (await parked()) === 1);
    const discard = ['dlq', 'discard', queue, '--all', '--why', 'left the company'];
    expect((await run(...discard, '--dry-run')).out).toMatch(/^Would discard yan/);
    expect((await run(...discard)).out).toMatch(/^Discarded yan .*: 1 letter/);
    expect(await list()).toBe('Nothing is parked.\n');
    const [unsaid, nothing] = await Promise.all([
      run('dlq', 'discard', queue, '--why', 'x'),
      run('dlq', 'discard', queue, '--key', 'yan', '--why', 'x'),
    ]);
    expect([unsaid.code, nothing.code]).toEqual([2, 1]);
  });

  it('a rewound relay publishes the whole log again, and nothing happens twice', async () => {
    const before = eventsBesideCapacity();
    const published = async (): Promise<number[]> =>
      (await status()).services.map(({ relay }) => relay.published);
    const first = await published();
    const { code, out } = await run('relay', 'rewind', '--to', 'begin');
    expect([code, out.match(/the begin of the log/g)?.length]).toEqual([0, 6]);
    await until(async () => {
      const again = await published();
      return first.every((count, at) => (again[at] ?? 0) >= 2 * count);
    });
    await until(async () => (await status()).consumers.every(({ lag, inHand }) => lag === 0 && inHand === 0));
    expect(eventsBesideCapacity()).toEqual(before);
    expect((await run('dlq', 'list')).out).toBe('Nothing is parked.\n');
  });

  it('audit slots finds no promise that capacity did not carry', async () => {
    const { code, out } = await run('audit', 'slots', '--pool', 'billing');
    expect([code, out]).toEqual([0, expect.stringMatching(/billing as of .*\n.*1 confirmed: .*1 ahead/)]);
    expect(out).toMatch(/violations +0/);
  });

  it('audit slots lists who was refused what and why', async () => {
    await system.call('POST', path, request({ pool: 'billing', skills: ['klingon'] }));
    const { out } = await run('audit', 'slots', '--pool', 'billing', '--refusals');
    const rows = out.match(/^ +\S+Z +\S+ +(times|offer \S+) +[a-z-]+ /gm) ?? [];
    expect(rows.length).toBeGreaterThan(0);
    expect(out).toMatch(new RegExp(`refusals +${rows.length} \\(`));
  });

  it('a copy of the store knows every place that the services have noted', () => {
    using log = new DatabaseSync(join(system.directory, 'handover.db'), { readOnly: true });
    const noted = log
      .prepare('SELECT name FROM registers')
      .all()
      .map(({ name }) => String(name));
    const known = [...checkpointsOf.values()].flat();
    expect(noted.filter((name) => !known.includes(name))).toEqual(['sample-centre']); // no place in the log
  });

  /** Capacity is projected again as time passes; nothing else may come of a repeat. */
  function eventsBesideCapacity(): unknown[] {
    using log = new DatabaseSync(join(system.directory, 'handover.db'), { readOnly: true });
    return log
      .prepare(
        `SELECT type, count(*) AS count FROM events WHERE type <> 'CapacityProjected' GROUP BY type ORDER BY type`,
      )
      .all();
  }
});
