import { type Answer, type CallOptions } from '../system/api.js';
import { type System } from '../system/system.js';

/** A change that the system said it had taken: from then on it must never be lost. */
export interface Acknowledged {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly answered: Readonly<Record<string, unknown>>;
}

/** What its clients saw of a system. */
export interface Witness {
  readonly system: System;
  readonly acknowledged: Acknowledged[];
  /** Calls that meant to change something, retries not counted. */
  readonly requests: () => number;
  readonly retries: () => number;
  /** Lets calls that are still being repeated fail. */
  readonly giveUp: () => void;
}

const retryMs = 150;
const patienceMs = 240_000;

/** The system as seen by clients that repeat a call until it is answered, and remember what they were told. */
export function witness(system: System): Witness {
  const acknowledged: Acknowledged[] = [];
  let [requests, retries, patient] = [0, 0, true];

  async function answered<Body>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const answer = await system.call<Body>(method, path, options).catch(() => undefined);
      if (answer && answer.status < 500) return answer;
      if (!patient || Date.now() > deadline)
        throw new Error(`${method} ${path}: no answer in ${patienceMs} ms`);
      retries += 1;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  return {
    acknowledged,
    requests: () => requests,
    retries: () => retries,
    giveUp: () => {
      patient = false;
    },
    system: {
      ...system,
      call: async <Body>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>> => {
        if (method !== 'GET') requests += 1;
        const answer = await answered<Body>(method, path, options);
        if (method !== 'GET' && answer.status < 300)
          acknowledged.push({
            method,
            path,
            status: answer.status,
            asked: recordOf(options?.body),
            answered: recordOf(answer.body),
          });
        return answer;
      },
    },
  };
}

const recordOf = (body: unknown): Readonly<Record<string, unknown>> => ({ ...(body as object | undefined) });
