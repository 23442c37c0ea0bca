import { type RoutingTable } from './routing.js';

/** What holds unless `HANDOVER_ROUTING` names a file: the pools of the sample centre. */
export const defaultRouting: RoutingTable = {
  rules: [
    {
      id: 'billing',
      when: { issueType: ['billing*', 'invoice*', 'payment*', 'refund*', 'charge*'] },
      pool: 'billing',
      skills: ['billing'],
    },
    {
      id: 'technical',
      when: { issueType: ['technical*', 'outage*', 'internet*', 'device*', 'activation*', 'connection*'] },
      pool: 'technical',
      skills: ['technical'],
    },
  ],
  otherwise: { id: 'otherwise', pool: 'general' },
};
