import { type Refusal } from '@handover/kernel';

/** How a handover is over, so that nothing more can be asked of it. */
export type Ending = 'withdrawn' | 'superseded' | 'completed';

export type KeyReused = Refusal<'idempotency-key-reused'>;
export type Unknown = Refusal<'unknown-handover'>;
export type AlreadyConfirmed = Refusal<'already-confirmed'>;
export type CallerConnected = Refusal<'caller-connected'>;
export interface Closed extends Refusal<'handover-closed'> {
  readonly closedAs: Ending;
}

export const unknown: Unknown = {
  refused: 'unknown-handover',
  why: 'There is no such handover; ask for one with POST /v1/handovers.',
};

export const alreadyConfirmed: AlreadyConfirmed = {
  refused: 'already-confirmed',
  why: 'An appointment stands; cancel it with DELETE /v1/handovers/{id}/appointment.',
};

/** An appointment that is being kept, or was kept, cannot be cancelled. */
export const callerConnected: CallerConnected = {
  refused: 'caller-connected',
  why: 'The caller is talking with the agent, or was just now; there is no call left to cancel.',
};

export const keyReused = (handoverId: string): KeyReused => ({
  refused: 'idempotency-key-reused',
  why: `This key was used for handover ${handoverId} with another body; use a new key for a new request.`,
});

const endings: Readonly<Record<Ending, string>> = {
  withdrawn: 'The caller withdrew this handover; a new one takes a new request.',
  superseded:
    'A newer handover of the same caller and issue took the place of this one; go on with that one.',
  completed: 'The callback of this handover is over; a new one takes a new request.',
};

export const refuseClosed = (closedAs: Ending): Closed => ({
  refused: 'handover-closed',
  why: endings[closedAs],
  closedAs,
});
