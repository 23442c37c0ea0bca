import { minuteMs, type Instant } from '@handover/kernel';
import { type Caller } from './caller.js';
import { type Centre, type Due, type Policy } from './centre.js';

const virtualHoldToleranceMs = 5 * minuteMs;
const vagueMs = 120 * minuteMs;

/**
 * FIFO virtual hold: the caller keeps the place in the queue and is told how long that will take: those ahead, shared among
 * the agents at work, each for as long as dials have taken on average today. Called more than five minutes before or after,
 * the promise is broken.
 */
export const virtualHold = (meanServiceMs: number): Policy => ({
  ask: ({ askedAt }: Caller, centre: Centre): Due => {
    const agents = centre.atWork.length;
    const ahead = centre.waiting.length;
    const idle = centre.busy.size < agents && ahead === 0;
    const waitMs = idle ? 0 : ((ahead + 1) * centre.meanDialMs(meanServiceMs)) / Math.max(1, agents);
    const told: Instant = askedAt + waitMs;
    return {
      promised: {
        from: told - virtualHoldToleranceMs,
        until: told + virtualHoldToleranceMs,
        expected: { from: told, until: told },
      },
      dueAt: askedAt,
    };
  },
});

/** "We will call you within two hours": first come, first served. */
export const vague: Policy = {
  ask: ({ askedAt }: Caller): Due => ({
    promised: { from: askedAt, until: askedAt + vagueMs, expected: undefined },
    dueAt: askedAt,
  }),
};
