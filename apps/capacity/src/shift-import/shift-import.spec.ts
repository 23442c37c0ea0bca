import { type AgentView } from '@handover/contracts';
import { RunningCapacity } from '../testing/a-running-capacity.js';
import { rowsAtMost } from './csv-rows.js';

const header = 'agentId,pool,shiftId,date,from,to,timeZone,breaks';

interface Refused {
  readonly type: string;
  readonly errors: readonly { readonly line: number; readonly field: string; readonly rule: string }[];
}

describe('import of shifts', () => {
  let capacity: RunningCapacity;
  beforeEach(async () => {
    capacity = await RunningCapacity.start();
    await capacity.say('PUT', '/v1/pools/billing', { timeZone: 'Europe/Zurich' });
    for (const agentId of ['ada', 'ben'])
      await capacity.say('PUT', `/v1/agents/${agentId}`, { pool: 'billing', skills: ['billing'] });
  });
  afterEach(() => capacity.stop());

  const imported = <Body = Record<string, unknown>>(
    ...lines: string[]
  ): Promise<{ status: number; body: Body }> =>
    capacity.call<Body>('POST', '/v1/shifts/import', lines.join('\n'), { 'content-type': 'text/csv' });
  const shiftsOf = async (agentId: string): Promise<AgentView['shifts']> =>
    (await capacity.call<AgentView>('GET', `/v1/agents/${agentId}`)).body.shifts;

  it('plans a shift a row, with breaks, whatever the columns’ order and the optional ones left out', async () => {
    const { status, body } = await imported(
      '\ufeffdate,agentId,from,to,timeZone,breaks',
      '2026-11-23,ada,09:00,17:00,Europe/Zurich,12:00-12:30; 15:00-15:15',
      '',
      '2026-11-23,ben,22:00,06:00,Europe/Zurich,',
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: { rows: 2, planned: 2, changed: 0, unchanged: 0 },
    });
    expect(await shiftsOf('ada')).toEqual([
      {
        shiftId: '2026-11-23T09:00',
        date: '2026-11-23',
        from: '09:00',
        to: '17:00',
        timeZone: 'Europe/Zurich',
        breaks: [
          { from: '12:00', to: '12:30' },
          { from: '15:00', to: '15:15' },
        ],
      },
    ]);
  });

  it('of the same file again changes nothing, and of a changed row only that', async () => {
    const rows = ['ada,,mon,2026-11-23,09:00,17:00,Etc/UTC,', 'ben,,mon,2026-11-23,09:00,17:00,Etc/UTC,'];
    await imported(header, ...rows);
    expect((await imported(header, ...rows)).body).toEqual({ rows: 2, planned: 0, changed: 0, unchanged: 2 });
    const later = await imported(header, 'ada,,mon,2026-11-23,10:00,17:00,Etc/UTC,', rows[1] ?? '');
    expect(later.body).toEqual({ rows: 2, planned: 0, changed: 1, unchanged: 1 });
    const events = (await capacity.events('agent-ada')).map(({ type }) => type);
    expect(events).toEqual(['AgentRegistered', 'ShiftPlanned', 'ShiftChanged']);
  });

  it('takes no row if one is wrong, and names every wrong one by line, field and rule', async () => {
    const { status, body } = await imported<Refused>(
      header,
      'ada,,,2026-11-23,09:00,17:00,Etc/UTC,',
      'ada,,,2026-13-23,09:00,17:00,Etc/UTC,',
      'ada,,,2026-11-24,09:00,25:00,Mars/Olympus,',
      'nobody,,,2026-11-24,09:00,17:00,Etc/UTC,',
      'ben,sales,,2026-11-24,09:00,17:00,Etc/UTC,',
      'ben,,,2026-11-25,09:00,17:00,Etc/UTC,18:00-19:00',
      'ben,,,2026-11-26,09:00,17:00,Etc/UTC,noon',
      'ben,,,2026-11-27,12:00,12:00,Etc/UTC,',
      'ada,,,2026-11-23,09:00,17:30,Etc/UTC,',
    );
    expect(status).toBe(422);
    expect(body.type).toBe('/problems/import-refused');
    expect(body.errors.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '3 date',
      '4 to',
      '4 timeZone',
      '5 agentId',
      '6 pool',
      '7 breaks',
      '8 breaks[0].from',
      '8 breaks[0].to',
      '9 to',
      '10 shiftId',
    ]);
    expect(body.errors.at(-1)?.rule).toBe('is the same shift as in line 2');
    expect(await shiftsOf('ada')).toEqual([]);
  });

  it.each([
    ['agentId,date', 'ada,2026-11-23', 1, 'lacks the column from, to, timeZone'],
    [header.replaceAll(',', ';'), '', 1, 'must separate its columns by commas'],
    [`${header},colour`, '', 1, 'has an unknown column colour'],
    [`${header},date`, '', 1, 'names a column twice'],
    ['', '', 1, 'must be the header, with at least one row after it'],
    [header, '', 1, 'must be the header, with at least one row after it'],
    [header, 'ada,2026-11-23', 2, 'has another number of fields than the header'],
    [
      header,
      `ada,,,2026-11-23,09:00,17:00,Etc/UTC,"${'x'.repeat(5_000)}"`,
      2,
      'is longer than 4096 characters',
    ],
    [header, 'ada,,,2026-11-23,09:00,17:00,Etc/UTC,"12:00', 2, 'is within a quoted field that never ends'],
  ])('of a file that is no such table is refused: %s / %s', async (head, row, line, rule) => {
    const { status, body } = await imported<Refused>(head, row);
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ line, field: '', rule: expect.stringContaining(rule) }]);
  });

  it('is bounded', async () => {
    const rows = Array.from({ length: rowsAtMost + 1 }, () => '!,,,,,,,');
    const { body } = await imported<Refused & { detail: string }>(header, ...rows);
    expect(body.errors).toHaveLength(100);
    expect(body.detail).toContain('No row was stored');
  });

  it('takes CSV only', async () => {
    const answer = await capacity.call('POST', '/v1/shifts/import', { rows: [] });
    expect(answer).toMatchObject({ status: 415, body: { type: '/problems/unsupported-media-type' } });
  });
});
