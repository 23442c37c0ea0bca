/** An expected "no", as a value. `refused` is a stable code that callers switch on; `why` is for people. */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly why: string;
}

/** What a decider answers: the events that follow, or a refusal. No event at all means: nothing to do. */
export type Decision<Event, Refused extends Refusal = Refusal> = readonly Event[] | Refused;

/** Tells a refusal from any other answer. */
export const isRefusal = <Value, Refused extends Refusal>(answer: Value | Refused): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'refused' in answer;
