import { type Answer } from './api.js';
import { type Centre } from './centre.js';
import { type System } from './system.js';
import { until } from './until.js';

export interface SpokenOffer {
  readonly offerId: string;
  readonly start: string;
  readonly end: string;
  readonly words: string;
  readonly holdUntil: string;
}

export interface HandoverAnswer {
  readonly handoverId: string;
  readonly status: string;
  readonly say: string;
  readonly offers: readonly SpokenOffer[];
}

export interface HandoverState {
  readonly handoverId: string;
  readonly status: string;
  readonly supersededBy?: string;
  readonly appointment?: { readonly appointmentId: string; readonly start: string; readonly say?: string };
}

export interface HistoryTold {
  readonly outcome: {
    readonly status: string;
    readonly closed: boolean;
    readonly appointment?: string;
    readonly attempts: number;
    readonly reached: boolean;
    readonly contextPreserved?: boolean;
    readonly disposition?: string;
  };
  readonly events: readonly {
    readonly eventId: string;
    readonly type: string;
    readonly data: Record<string, unknown>;
  }[];
}

/** Last four digits that steer the telephony simulator (docs/dialing.md). */
export const answering = {
  person: '1000',
  busyThenPerson: '0001',
  nobody: '0002',
  voicemail: '0003',
  nobodyThenPerson: '0007',
} as const;

/** Wall time that a journey may take on a machine that is busy with others. */
const patienceMs = 90_000;

let called = 0;

/** A caller whose bot hands over, and who then decides. */
export class Caller {
  readonly subjectId = `subject-${process.pid}-${++called}`;
  private contacts = 0;

  constructor(
    private readonly system: System,
    private readonly centre: Centre,
    private readonly answers: keyof typeof answering = 'person',
  ) {}

  context(more: object = {}): object {
    return {
      conversationId: `conversation-${this.subjectId}-${++this.contacts}`,
      subjectId: this.subjectId,
      language: 'en',
      timeZone: 'Etc/UTC',
      issue: { type: 'billing-dispute' },
      urgency: 'normal',
      pool: this.centre.pool,
      skills: ['help'],
      personal: {
        phoneNumber: `+41445${String(called).padStart(3, '0')}${answering[this.answers]}`,
        name: 'Robin Doe',
        summary: 'Charged twice.',
      },
      ...more,
    };
  }

  /** The bot gives up. Resolves with offers, however late they come. */
  async handsOver(context: object = this.context(), key?: string): Promise<HandoverAnswer> {
    const answer = await this.post(context, key);
    if (answer.status === 201) return answer.body;
    return until('offers are held', async () => {
      const again = await this.system.call<HandoverAnswer>('GET', `/v1/handovers/${answer.body.handoverId}`);
      return again.body.offers?.length ? again.body : undefined;
    });
  }

  post(context: object, key = `${this.subjectId}-${this.contacts}`): Promise<Answer<HandoverAnswer>> {
    return this.system.call<HandoverAnswer>('POST', '/v1/handovers', {
      body: context,
      headers: { 'idempotency-key': key },
    });
  }

  accepts({ handoverId }: HandoverAnswer, offer: SpokenOffer | undefined): Promise<Answer> {
    return this.system.call('POST', `/v1/handovers/${handoverId}/appointment`, {
      body: { offerId: offer?.offerId },
    });
  }

  /** Hands over and takes the first time offered; resolves with the handover's id once it is scheduled. */
  async books(): Promise<HandoverAnswer> {
    const handover = await this.handsOver();
    const answer = await this.accepts(handover, handover.offers[0]);
    if (answer.status !== 201 && answer.status !== 202) {
      throw new Error(`accepting the first offer: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    await this.reaches(handover.handoverId, 'scheduled');
    return handover;
  }

  async state(handoverId: string): Promise<HandoverState> {
    return (await this.system.call<HandoverState>('GET', `/v1/handovers/${handoverId}`)).body;
  }

  /** Waits until the handover has one of the statuses. */
  reaches(handoverId: string, ...statuses: readonly string[]): Promise<HandoverState> {
    return until(
      `handover ${handoverId} is ${statuses.join(' or ')}`,
      async () => {
        const state = await this.state(handoverId);
        if (statuses.includes(state.status)) return state;
        throw new Error(`it is ${state.status}`);
      },
      patienceMs,
    );
  }

  /** Waits until the handover's history tells of an event of this type; resolves with that history. */
  happens(handoverId: string, type: string): Promise<HistoryTold> {
    return until(
      `${type} of handover ${handoverId}`,
      async () => {
        const history = await this.history(handoverId);
        if (history.events.some((event) => event.type === type)) return history;
        throw new Error(`until now there were ${history.events.map((event) => event.type).join(', ')}`);
      },
      patienceMs,
    );
  }

  async history(handoverId: string): Promise<HistoryTold> {
    return (await this.system.call<HistoryTold>('GET', `/v1/handovers/${handoverId}/history`)).body;
  }
}
