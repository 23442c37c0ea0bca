import { type Implausible } from '@handover/contracts';
import { type Refusal } from '@handover/kernel';
import { MessageFault } from '@handover/platform';

/** The message itself is wrong: it goes to the dead letters, with the reason. */
export const wrongMessage = (refusal: Refusal | Implausible): MessageFault =>
  'violations' in refusal
    ? new MessageFault(`${refusal.refused}: this cannot be true.`, refusal.violations)
    : new MessageFault(`${refusal.refused}: ${refusal.why}`);

/** The handover may still be on its way: its request came by another partition. */
export class HandoverNotHereYet extends Error {
  override readonly name = 'HandoverNotHereYet';
}

/** A handover that cannot be found after so many attempts does not exist: with the bus's back-off, about 1.5 s. */
export const attemptsToFind = 5;
