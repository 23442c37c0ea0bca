import { Injectable } from '@nestjs/common';
import { type CallbackPhase } from '@handover/contracts';
import { type KnownCallback, phaseOf } from '@handover/dialing';
import { type StoredEvent } from '@handover/platform';
import { Subject, type Observable, filter } from 'rxjs';
import { type Change } from './situation/situation.js';

/** What an agent's desk is told about the callback that the agent has. */
export type DeskSignal = {
  readonly agentId: string;
  readonly callbackId: string;
  readonly assignment: number;
} & (
  | { readonly what: 'briefing' }
  | { readonly what: 'progress'; readonly phase: CallbackPhase }
  /** The callback is no longer the agent's. */
  | { readonly what: 'clear' }
);

/** Passes on to the desks what the log tells: so a desk may be connected to any process. */
@Injectable()
export class Desks {
  private readonly told = new Subject<DeskSignal>();

  signals(agentId: string): Observable<DeskSignal> {
    return this.told.pipe(filter((signal) => signal.agentId === agentId));
  }

  tell(event: StoredEvent, { before, after }: Change): void {
    const callback = after?.is === 'callback' ? after.callback : undefined;
    const known = callback?.assigned ? callback : before?.is === 'callback' ? before.callback : undefined;
    // An assignment is told by its briefing, which follows in the same append.
    if (!known?.assigned || event.type === 'AgentAssigned') return;
    const { agentId, assignment } = known.assigned;
    const of = { agentId, assignment, callbackId: known.terms.callbackId };
    if (event.type === 'BriefingPresented') this.told.next({ ...of, what: 'briefing' });
    else if (!callback?.assigned) this.told.next({ ...of, what: 'clear' });
    else this.told.next({ ...of, what: 'progress', phase: phaseOf(callback) });
  }

  /** What a desk that has just connected has to know: the callback that the agent has now. */
  present(callback: KnownCallback | undefined): readonly DeskSignal[] {
    if (!callback?.assigned) return [];
    const { agentId, assignment } = callback.assigned;
    const of = { agentId, assignment, callbackId: callback.terms.callbackId };
    return [
      { ...of, what: 'briefing' },
      { ...of, what: 'progress', phase: phaseOf(callback) },
    ];
  }
}
