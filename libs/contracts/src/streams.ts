import { type LocalDate } from '@handover/kernel';

/** Stream names: `<category>-<id>`. One owner writes each category. */
export const streams = {
  conversation: (id: string): string => `conversation-${id}`,
  handover: (id: string): string => `handover-${id}`,
  agent: (id: string): string => `agent-${id}`,
  pool: (id: string): string => `pool-${id}`,
  slotBook: (pool: string, day: LocalDate): string => `slotbook-${pool}-${day}`,
  callback: (id: string): string => `callback-${id}`,
  survey: (id: string): string => `survey-${id}`,
} as const;

/** Which categories each service owns; its relay publishes these and no others. */
export const categoriesOf = {
  intake: ['conversation', 'handover'],
  capacity: ['agent', 'pool'],
  reservation: ['slotbook'],
  dialing: ['callback'],
  analytics: ['survey'],
} as const;

export type ServiceName = keyof typeof categoriesOf;
