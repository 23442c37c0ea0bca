import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { minuteMs, secondMs } from '@handover/kernel';

/** One call of the bank's morning, as the voice response unit and the agents saw it. */
export interface BankCall {
  readonly callId: string;
  /** Pseudonym of the customer; undefined if the bank did not know who called. */
  readonly customerId?: string;
  /** 0, 1 or 2; 2 is the most valued class. */
  readonly priority: number;
  /** Kind of service, as PS (regular activity), NW (new customer), NE (stock exchange), IN (internet), TT, PE. */
  readonly type: string;
  /** Since 07:00. */
  readonly atMs: number;
  readonly outcome: 'AGENT' | 'HANG' | 'PHANTOM';
  readonly waitMs: number;
  readonly serviceMs: number;
  /** Name of the agent who took it. */
  readonly server?: string;
}

const file = resolve(import.meta.dirname, '../../data/anonymous-bank-1999-02-02-morning.tsv');
const opens = 7 * 60 * minuteMs;

function sinceMidnightMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs + seconds * secondMs;
}

/** The morning of 2 February 1999, in order of arrival. Source: apps/cli/data/README.md. */
export function bankMorning(): BankCall[] {
  const rows = parse(readFileSync(file), { columns: true, delimiter: '\t' }) as Record<string, string>[];
  return rows
    .map((row): BankCall => {
      const {
        call_id = '',
        customer_id = '0',
        server = 'NO_SERVER',
        type = 'PS',
        vru_entry = '7:00:00',
      } = row;
      return {
        callId: call_id,
        ...(/^[1-9]\d*$/.test(customer_id) && { customerId: customer_id }),
        priority: Number(row['priority']),
        type,
        atMs: sinceMidnightMs(vru_entry) - opens,
        outcome: row['outcome'] as BankCall['outcome'],
        waitMs: Number(row['q_time']) * secondMs,
        serviceMs: Number(row['ser_time']) * secondMs,
        ...(server !== 'NO_SERVER' && { server }),
      };
    })
    .sort((a, b) => a.atMs - b.atMs);
}
