import { Controller, Headers, Inject, Param, Sse, type MessageEvent } from '@nestjs/common';
import { AgentPath } from '@handover/contracts';
import { briefingOf } from '@handover/dialing';
import { type Clock } from '@handover/kernel';
import { CLOCK } from '@handover/platform';
import { EMPTY, Observable, concatMap, from, of } from 'rxjs';
import { CallbackLog } from '../callback-log.js';
import { Desks, type DeskSignal } from '../desks.js';
import { Follower } from '../situation/follower.js';
import { Situation } from '../situation/situation.js';
import { starting } from './refusals.js';

/** An event's id names the assignment that it is about, so `Last-Event-ID` says which briefing a desk has. */
const idOf = ({ callbackId, assignment }: DeskSignal): string => `${callbackId}/${assignment}`;

@Controller('v1/agents')
export class BriefingsController {
  constructor(
    @Inject(Desks) private readonly desks: Desks,
    @Inject(Situation) private readonly situation: Situation,
    @Inject(Follower) private readonly follower: Follower,
    @Inject(CallbackLog) private readonly callbacks: CallbackLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Server-sent events for one agent's desk. `briefing`: read and acknowledge this; `progress`: the phase of the
   * callback; `clear`: it is no longer yours. A desk that connects is told what it has now, whatever it has missed.
   */
  @Sse(':agentId/briefings')
  briefings(
    @Param() { agentId }: AgentPath,
    @Headers('last-event-id') lastEventId?: string,
  ): Observable<MessageEvent> {
    if (!this.follower.isLive) throw starting();
    return new Observable<DeskSignal | 'nothing'>((subscriber) => {
      const present = this.desks.present(this.situation.callbackOf(agentId));
      for (const signal of present)
        if (signal.what !== 'briefing' || idOf(signal) !== lastEventId) subscriber.next(signal);
      if (present.length === 0) subscriber.next('nothing');
      return this.desks.signals(agentId).subscribe(subscriber);
    }).pipe(concatMap((signal) => this.message(signal)));
  }

  private message(signal: DeskSignal | 'nothing'): Observable<MessageEvent> {
    if (signal === 'nothing') return of({ id: '0', type: 'clear', data: {} });
    const { callbackId } = signal;
    switch (signal.what) {
      case 'briefing':
        return from(this.briefing(signal)).pipe(concatMap((message) => (message ? of(message) : EMPTY)));
      case 'progress':
        return of({ id: idOf(signal), type: 'progress', data: { callbackId, phase: signal.phase } });
      case 'clear':
        return of({ id: idOf(signal), type: 'clear', data: { callbackId } });
    }
  }

  /** The briefing as it is now; nothing if the callback has gone to somebody else since. */
  private async briefing(signal: DeskSignal): Promise<MessageEvent | undefined> {
    const callback = this.situation.callback(signal.callbackId);
    if (callback?.assigned?.assignment !== signal.assignment) return undefined;
    const context = await this.callbacks.context(callback.terms.handoverId);
    if (!context) return undefined;
    return { id: idOf(signal), type: 'briefing', data: briefingOf(callback, context, this.clock.now()) };
  }
}
