/** The closed vocabularies of the domain (docs: domain.md). */
export const urgencies = ['low', 'normal', 'high', 'critical'] as const;
export type Urgency = (typeof urgencies)[number];

export const moods = ['calm', 'pleased', 'neutral', 'confused', 'frustrated', 'angry', 'distressed'] as const;
export type Mood = (typeof moods)[number];

export const dayParts = ['morning', 'afternoon', 'evening'] as const;
export type DayPart = (typeof dayParts)[number];

export const conversationEnds = ['contained', 'handed-over', 'abandoned'] as const;
export type ConversationEnd = (typeof conversationEnds)[number];

export const agentStates = ['available', 'busy', 'wrap-up', 'away', 'offline'] as const;
export type AgentState = (typeof agentStates)[number];

/** How one dial attempt ended. `answered` means a live person. */
export const attemptOutcomes = [
  'answered',
  'voicemail',
  'no-answer',
  'busy',
  'wrong-number',
  'declined',
  'failed',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** The typed end of a callback. */
export const dispositions = [
  'resolved',
  'follow-up',
  'voicemail',
  'no-answer',
  'busy',
  'wrong-number',
  'declined',
  'failed',
] as const;
export type Disposition = (typeof dispositions)[number];

/** What became of an opportunity. `expired` and `not-raised` never reached the caller. */
export const opportunityOutcomes = ['accepted', 'declined', 'deferred', 'not-raised', 'expired'] as const;
export type OpportunityOutcome = (typeof opportunityOutcomes)[number];

/** Why a confirmation was refused. */
export const confirmRefusals = ['hold-expired', 'unknown-offer', 'already-confirmed', 'slot-past'] as const;
export type ConfirmRefusal = (typeof confirmRefusals)[number];

/** Why no time could be offered. */
export const noSlotReasons = [
  'no-shifts',
  'too-few-agents',
  'fully-booked',
  'wishes-unmet',
  'outside-calling-hours',
  'unknown-pool',
  'no-such-skills',
] as const;
export type NoSlotReason = (typeof noSlotReasons)[number];

export const cancelReasons = ['caller', 'superseded', 'withdrawn'] as const;
export type CancelReason = (typeof cancelReasons)[number];
