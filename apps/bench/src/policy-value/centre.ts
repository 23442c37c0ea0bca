import { type Instant, minuteMs, secondMs } from '@handover/kernel';
import { type Agenda } from './agenda.js';
import { answers, type Availability, type Caller, dialsAtMost, type Promised } from './caller.js';
import { Heap } from './heap.js';
import { type Staff, worksAt } from './staff.js';

/** How callers are treated: what they are told, and when they are due. */
export interface Policy {
  /** Undefined: the caller is refused, and told so. */
  ask(caller: Caller, centre: Centre): Due | undefined;
  /** A callback was talked through, ringing included. */
  learn?(agentSeconds: number, now: Instant): void;
}

export interface Due {
  readonly promised: Promised;
  /** From when on the caller is dialled; the earlier due goes first. */
  readonly dueAt: Instant;
}

/** What has become of a caller so far. */
export interface Fate {
  readonly caller: Caller;
  due: Due | undefined;
  /** Not the latest, if it was changed: a caller may have several entries in the queue, and one counts. */
  waitsFor: Instant | undefined;
  dials: number;
  firstDialAt: Instant | undefined;
  talkedAt: Instant | undefined;
  lastContact: Instant;
  /** When the caller, whom nobody had called, called again. */
  calledAgainAt: Instant | undefined;
  moves: number;
}

/** An agent in the simulation. */
export interface Desk {
  readonly index: number;
  readonly with: Fate;
  readonly since: Instant;
  until: Instant;
}

export interface Conditions {
  readonly availability: Availability;
  readonly staff: Staff;
}

/** As many dials as what is expected weighs, beside what is observed. */
const priorDials = 20;
const ringsMs = 6 * secondMs;
const ringsInVainMs = 30 * secondMs;
/** When somebody who did not answer is dialled again, as Handover does by default. */
const againMs = [2 * minuteMs, 30 * minuteMs];
/** How long a caller whose promise is broken hesitates to call. */
const hesitationMs = 5 * minuteMs;

/** Callers, agents and a policy, in simulated time. */
export class Centre {
  readonly fates = new Map<string, Fate>();
  readonly busy = new Map<number, Desk>();
  private readonly queue = new Heap<Fate>();
  busyMs = 0;
  private dials = 0;

  constructor(
    readonly agenda: Agenda,
    readonly conditions: Conditions,
    private readonly policy: Policy,
  ) {
    for (const { from } of conditions.staff.flat()) agenda.at(from, () => this.dispatch());
  }

  get atWork(): readonly number[] {
    const { staff } = this.conditions;
    return staff.flatMap((stretches, index) => (worksAt(stretches, this.agenda.now) ? [index] : []));
  }

  /** Callers who are due and wait for an agent. */
  get waiting(): readonly Fate[] {
    const { now } = this.agenda;
    return [...this.fates.values()].filter(({ waitsFor = Infinity }) => waitsFor <= now);
  }

  /** How long an agent is busy with a dial, answered or not: as it was until now, and as expected before anything was. */
  meanDialMs(expectedMs: number): number {
    return (this.busyMs + expectedMs * priorDials) / (this.dials + priorDials);
  }

  /** A caller asks to be called back. */
  ask(caller: Caller): void {
    const fate: Fate = {
      caller,
      due: undefined,
      waitsFor: undefined,
      dials: 0,
      firstDialAt: undefined,
      talkedAt: undefined,
      lastContact: this.agenda.now,
      calledAgainAt: undefined,
      moves: 0,
    };
    this.fates.set(caller.id, fate);
    const due = this.policy.ask(caller, this);
    if (!due) return;
    this.enter(fate, due);
    this.agenda.at(this.doubtsAt(fate), () => this.doubt(fate));
    this.dispatch();
  }

  /** The caller is told another time before the first came. */
  move(id: string, due: Due): void {
    const fate = this.fates.get(id);
    if (!fate || fate.dials > 0) return;
    fate.moves += 1;
    this.enter(fate, due);
  }

  private enter(fate: Fate, due: Due): void {
    fate.due = due;
    this.wait(fate, due.dueAt);
  }

  private wait(fate: Fate, moment: Instant): void {
    fate.waitsFor = moment;
    this.queue.add(moment, fate);
    this.agenda.at(moment, () => this.dispatch());
  }

  private dispatch(): void {
    const { now } = this.agenda;
    for (let { first } = this.queue; first && first.key <= now; { first } = this.queue) {
      if (first.item.waitsFor === first.key) {
        const agent = this.atWork.find((index) => !this.busy.has(index));
        if (agent === undefined) return;
        this.dial(first.item, agent);
      }
      this.queue.take();
    }
  }

  private dial(fate: Fate, index: number): void {
    const { now } = this.agenda;
    const { caller, lastContact, due } = fate;
    fate.waitsFor = undefined;
    this.dials += 1;
    fate.firstDialAt ??= now;
    const luck = caller.luck[fate.dials] ?? 1;
    fate.dials += 1;
    const answered = luck < answers(this.conditions.availability, now, lastContact, due?.promised.expected);
    const lasting = answered ? ringsMs + caller.serviceMs : ringsInVainMs;
    if (answered) fate.talkedAt = now + ringsMs;
    this.busyMs += lasting;
    this.busy.set(index, { index, with: fate, since: now, until: now + lasting });
    this.agenda.at(now + lasting, () => this.end(fate, index));
  }

  private end(fate: Fate, index: number): void {
    this.busy.delete(index);
    const again = againMs[fate.dials - 1];
    if (fate.talkedAt !== undefined)
      this.policy.learn?.((ringsMs + fate.caller.serviceMs) / secondMs, this.agenda.now);
    else if (fate.dials < dialsAtMost && again !== undefined) this.wait(fate, this.agenda.now + again);
    this.dispatch();
  }

  /** When the promise is broken; who was told no moment wonders before, when patience ends. */
  private doubtsAt({ due, caller, lastContact }: Fate): Instant {
    if (!due) return Infinity;
    const broken = due.promised.until + hesitationMs;
    return due.promised.expected ? broken : Math.min(broken, lastContact + caller.patienceMs);
  }

  /** Calls again if nobody has called yet: once, which is counted, and puts the telephone into the caller's hand. */
  private doubt(fate: Fate): void {
    const { now } = this.agenda;
    if (fate.firstDialAt !== undefined) return;
    const doubtsAt = this.doubtsAt(fate);
    if (doubtsAt > now) return this.agenda.at(doubtsAt, () => this.doubt(fate));
    fate.calledAgainAt = now;
    fate.lastContact = now;
  }
}
