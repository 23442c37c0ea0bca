import { Controller, Headers, Inject, Param, Sse, type MessageEvent } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse } from '@nestjs/swagger';
import { AgentPath, Briefing } from '@handover/contracts';
import { briefingOf } from '@handover/dialing';
import { type Clock } from '@handover/kernel';
import { CLOCK, Operation } from '@handover/platform';
import { EMPTY, Observable, concatMap, from, of } from 'rxjs';
import { CallbackLog } from '../callback-log.js';
import { Desks, type DeskSignal } from '../desks.js';
import { Follower } from '../situation/follower.js';
import { Situation } from '../situation/situation.js';
import { starting } from './problems.js';

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

  @Sse(':agentId/briefings')
  @Operation("Follow an agent's desk by server-sent events", {
    description:
      'A stream without end. Events: `briefing` (a Briefing: read and acknowledge it), `progress` (`callbackId` and `phase`), `clear` (`callbackId`: no longer yours; or nothing: the desk is empty). A desk that connects is told what it has now, whatever it has missed; `Last-Event-ID` spares a briefing that it has already.',
    refusals: { 503: ['starting'] },
  })
  @ApiExtraModels(Briefing)
  @ApiOkResponse({
    description: 'The stream of events; `data` is JSON.',
    content: {
      'text/event-stream': {
        schema: { type: 'string' },
        example: 'event: progress\nid: 4f90fe6e/1\ndata: {"callbackId":"4f90fe6e","phase":"ringing"}\n\n',
      },
    },
  })
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
