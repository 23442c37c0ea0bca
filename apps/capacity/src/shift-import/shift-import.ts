import { type Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  evolveAgent,
  planShift,
  type AgentEvent,
  type AgentRefused,
  type MaybeAgent,
} from '@handover/capacity';
import { type Implausible, type RowFault, type ShiftImportAnswer, type Violation } from '@handover/contracts';
import { type Clock, type Decision, isRefusal } from '@handover/kernel';
import { CLOCK, Problem, validated, type Cause } from '@handover/platform';
import { Centre } from '../centre/centre.js';
import { csvRows, UnreadableCsv } from './csv-rows.js';
import { plainRow, ShiftRow } from './shift-row.js';

interface ReadRow {
  readonly line: number;
  readonly shiftId: string;
  readonly row: ShiftRow;
}

/** The column that a refusal is about. */
const fieldOf: Readonly<Record<Exclude<AgentRefused, Implausible>['refused'], keyof ShiftRow>> = {
  'unknown-agent': 'agentId',
  'unknown-shift': 'shiftId',
  'break-outside-shift': 'breaks',
  'too-many-shifts': 'shiftId',
};

const faultsAtMost = 100;

/** Agents whose rows are stored at the same time. */
const agentsAtOnce = 16;

/**
 * Takes a file of shifts: all rows, or none. Every row is checked before the first is stored, and each agent's rows are
 * stored together. If the process dies in between, the same file again stores what is missing and nothing twice.
 */
@Injectable()
export class ShiftImport {
  constructor(
    @Inject(Centre) private readonly centre: Centre,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem `import-refused` with every rule broken (the first hundred), by line */
  async run(csv: Readable, causeOf: (agentId: string) => Cause): Promise<ShiftImportAnswer> {
    const { rows, faults } = await this.read(csv);
    const byAgent = [...Map.groupBy(rows, ({ row }) => row.agentId)];
    for (const [agentId, own] of byAgent) faults.push(...(await this.check(agentId, own)));
    if (faults.length > 0) throw refused(faults.sort((one, other) => one.line - other.line));

    const answer = { rows: rows.length, planned: 0, changed: 0, unchanged: rows.length };
    for (let first = 0; first < byAgent.length; first += agentsAtOnce) {
      const together = byAgent.slice(first, first + agentsAtOnce);
      const stored = await Promise.all(
        together.map(([agentId, own]) => this.store(agentId, own, causeOf(agentId))),
      );
      for (const { type } of stored.flat()) {
        answer.unchanged -= 1;
        if (type === 'ShiftPlanned') answer.planned += 1;
        else answer.changed += 1;
      }
    }
    return answer;
  }

  private async read(csv: Readable): Promise<{ rows: ReadRow[]; faults: RowFault[] }> {
    const rows: ReadRow[] = [];
    const faults: RowFault[] = [];
    const lines = new Map<string, number>();
    try {
      for await (const { line, fields } of csvRows(csv)) {
        const answer = await validated(plainRow(fields), ShiftRow, 'refused');
        if ('violations' in answer) {
          faults.push(...answer.violations.map((violation) => ({ line, ...violation })));
          continue;
        }
        const row = answer.data;
        const shiftId = row.shiftId ?? `${row.date}T${row.from}`;
        const earlier = lines.get(`${row.agentId}/${shiftId}`);
        if (earlier !== undefined)
          faults.push({ line, field: 'shiftId', rule: `is the same shift as in line ${earlier}` });
        lines.set(`${row.agentId}/${shiftId}`, line);
        rows.push({ line, shiftId, row });
      }
    } catch (fault) {
      if (!(fault instanceof UnreadableCsv)) throw fault;
      faults.push({ line: fault.line, field: '', rule: fault.rule });
    }
    if (rows.length === 0 && faults.length === 0)
      faults.push({ line: 1, field: '', rule: 'must be the header, with at least one row after it' });
    return { rows, faults };
  }

  /** What is wrong with an agent's rows, as the agent is known now. */
  private async check(agentId: string, rows: readonly ReadRow[]): Promise<RowFault[]> {
    let agent = await this.centre.agent(agentId);
    const faults: RowFault[] = [];
    for (const read of rows) {
      const { line, row } = read;
      const decision = this.decide(agent, read);
      if (isRefusal(decision)) faults.push(...faultsOf(decision).map((fault) => ({ line, ...fault })));
      else agent = decision.reduce<MaybeAgent>(evolveAgent, agent);
      if (agent && row.pool !== undefined && row.pool !== agent.pool)
        faults.push({ line, field: 'pool', rule: `must be ${agent.pool}, the agent's pool` });
    }
    return faults;
  }

  private async store(
    agentId: string,
    rows: readonly ReadRow[],
    cause: Cause,
  ): Promise<readonly { type: string }[]> {
    const { refused: because, events } = await this.centre.changeAgent(agentId, cause, (agent) =>
      this.decideAll(agent, rows),
    );
    if (because)
      throw new Problem({
        type: 'import-interrupted',
        title: 'The centre changed during the import',
        status: 409,
        detail: `${because.why} Some rows are stored. Import the same file again.`,
      });
    return events;
  }

  private decideAll(agent: MaybeAgent, rows: readonly ReadRow[]): Decision<AgentEvent, AgentRefused> {
    const events: AgentEvent[] = [];
    let planned = agent;
    for (const read of rows) {
      const decision = this.decide(planned, read);
      if (isRefusal(decision)) return decision;
      planned = decision.reduce<MaybeAgent>(evolveAgent, planned);
      events.push(...decision);
    }
    return events;
  }

  private decide(agent: MaybeAgent, { shiftId, row }: ReadRow): Decision<AgentEvent, AgentRefused> {
    return planShift(agent, row.agentId, shiftId, row, this.clock.now());
  }
}

const faultsOf = (refused: AgentRefused): readonly Violation[] =>
  refused.refused === 'implausible'
    ? refused.violations
    : [{ field: fieldOf[refused.refused], rule: refused.why }];

const refused = (errors: readonly RowFault[]): Problem =>
  new Problem({
    type: 'import-refused',
    title: 'Rows break rules',
    status: 422,
    detail: `${errors.length} rule(s) broken; see errors, by line. No row was stored.`,
    errors: errors.slice(0, faultsAtMost),
  });
