import { minuteMs } from '@handover/kernel';
import { type Fate } from './centre.js';

/** Where every caller ends: in exactly one of these. */
export const endings = ['talkedOnTime', 'talkedLate', 'notReached', 'notCalled', 'refused'] as const;
export type Ending = (typeof endings)[number];

const dialledOnTime = ({ due, firstDialAt }: Fate): boolean =>
  due !== undefined &&
  firstDialAt !== undefined &&
  firstDialAt >= due.promised.from &&
  firstDialAt < due.promised.until;

function endingOf(fate: Fate): Ending {
  if (!fate.due) return 'refused';
  if (fate.firstDialAt === undefined) return 'notCalled';
  if (fate.talkedAt === undefined) return 'notReached';
  return dialledOnTime(fate) ? 'talkedOnTime' : 'talkedLate';
}

/** Sums over the callers of one day or several. */
export class Tally {
  readonly ends: Record<Ending, number> = {
    talkedOnTime: 0,
    talkedLate: 0,
    notReached: 0,
    notCalled: 0,
    refused: 0,
  };
  private promised = 0;
  private onTime = 0;
  private called = 0;
  private missedFirst = 0;
  private calledAgain = 0;
  private moves = 0;
  private delayMs = 0;
  private busyMs = 0;
  private paidMs = 0;

  add(fates: Iterable<Fate>, busyMs: number, paidMs: number): void {
    this.busyMs += busyMs;
    this.paidMs += paidMs;
    for (const fate of fates) {
      this.ends[endingOf(fate)] += 1;
      if (fate.due) this.promised += 1;
      if (dialledOnTime(fate)) this.onTime += 1;
      if (fate.dials > 0) this.called += 1;
      if (fate.dials > 1 || (fate.dials === 1 && fate.talkedAt === undefined)) this.missedFirst += 1;
      if (fate.talkedAt !== undefined) this.delayMs += fate.talkedAt - fate.caller.askedAt;
      if (fate.calledAgainAt !== undefined) this.calledAgain += 1;
      this.moves += fate.moves;
    }
  }

  /** Percent, but for counts and minutes. */
  figures() {
    const callers = endings.reduce((sum, ending) => sum + this.ends[ending], 0);
    const talked = this.ends.talkedOnTime + this.ends.talkedLate;
    const percent = (part: number, of: number): number => Number(((100 * part) / Math.max(1, of)).toFixed(1));
    return {
      callers,
      promiseKept: percent(this.onTime, this.promised),
      talkedOnTime: percent(this.ends.talkedOnTime, callers),
      talked: percent(talked, callers),
      firstDialMissed: percent(this.missedFirst, this.called),
      notReached: percent(this.ends.notReached, callers),
      notCalled: percent(this.ends.notCalled, callers),
      refused: percent(this.ends.refused, callers),
      calledAgain: percent(this.calledAgain, callers),
      movedPer100: percent(this.moves, callers),
      delayMinutes: Number((this.delayMs / Math.max(1, talked) / minuteMs).toFixed(1)),
      busy: percent(this.busyMs, this.paidMs),
    };
  }
}
