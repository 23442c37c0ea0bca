import { type CallEvent, type DialRequest, type Telephony } from '@handover/dialing';
import { type Clock, secondMs } from '@handover/kernel';
import { type Fate, type Odds, fateOf } from './fate.js';

/** How long a machine listens to silence. */
const machineMs = 20 * secondMs;

export interface SimulatorOptions {
  readonly odds: Odds;
  /** How long it rings before somebody, or something, answers. */
  readonly ringMs: number;
}

/** SIP status of each fate that nobody answers. */
const causes: Readonly<Record<Exclude<Fate, 'person' | 'voicemail'>, string>> = {
  'no-answer': 'sip:480',
  busy: 'sip:486',
  'wrong-number': 'sip:404',
  declined: 'sip:603',
  failed: 'sip:503',
};

/**
 * A telephone exchange in this process's memory. What becomes of a call follows from the number's last digits or from
 * the attempt's id, so a run can be repeated. A person who answers stays until we hang up, or talk has lasted long enough.
 */
export class Simulator implements Telephony {
  private readonly live = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly options: SimulatorOptions,
  ) {}

  async *dial(request: DialRequest): AsyncGenerator<CallEvent> {
    const { attemptId, ringMs, maxTalkMs } = request;
    if (this.live.has(attemptId)) throw new Error(`Call "${attemptId}" exists already.`);
    let dropped = false;
    let drop = (): void => undefined;
    this.live.set(attemptId, () => {
      dropped = true;
      drop();
    });
    const pass = (spanMs: number): Promise<void> =>
      new Promise((resolve) => {
        if (dropped) return resolve();
        const cancel = this.clock.at(this.clock.now() + spanMs, resolve);
        drop = () => {
          cancel();
          resolve();
        };
      });
    const fate = fateOf(request, this.options.odds);
    try {
      yield { type: 'ringing' };
      await pass(fate === 'no-answer' ? ringMs : Math.min(ringMs, this.options.ringMs));
      if (dropped) return yield { type: 'ended', cause: 'sip:487' };
      if (fate !== 'person' && fate !== 'voicemail') return yield { type: 'ended', cause: causes[fate] };
      const person = fate === 'person';
      yield { type: 'answered', by: person ? 'person' : 'machine' };
      await pass(person ? maxTalkMs : machineMs);
      yield { type: 'ended', cause: 'hung-up' };
    } finally {
      this.live.delete(attemptId);
    }
  }

  async hangUp(attemptId: string): Promise<void> {
    this.live.get(attemptId)?.();
  }
}
