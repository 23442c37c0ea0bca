import { type RoutingTable, defaultRouting, route, routingFaults } from './index.js';
import { aHandoverRequest } from './testing/index.js';

const table: RoutingTable = {
  rules: [
    { id: 'gold', when: { accountTier: ['gold'], language: ['de'] }, pool: 'gold', skills: ['retention'] },
    { id: 'bills', when: { issueType: ['billing-*', 'refund'] }, pool: 'billing', skills: ['billing'] },
    { id: 'bills-again', when: { issueType: ['billing-dispute'] }, pool: 'never' },
    { id: 'swiss', when: { language: ['de-CH'] }, pool: 'swiss' },
  ],
  otherwise: { id: 'rest', pool: 'general' },
};

const routed = (given: Parameters<typeof aHandoverRequest>[0]) => route(table, aHandoverRequest(given));

describe('routing', () => {
  it('takes the first rule that matches', () => {
    expect(routed({ issue: { type: 'billing-dispute' } })).toEqual({
      pool: 'billing',
      skills: ['billing', 'en'],
      rule: 'bills',
    });
  });

  it('takes what is left if none does', () => {
    expect(routed({ issue: { type: 'refunds' } })).toEqual({ pool: 'general', skills: ['en'], rule: 'rest' });
  });

  it('wants all conditions of a rule', () => {
    expect(routed({ accountTier: 'gold', language: 'de-CH' })).toMatchObject({ rule: 'gold' });
    expect(routed({ accountTier: 'gold', language: 'fr' })).toMatchObject({ rule: 'rest' });
    expect(routed({ language: 'de' })).toMatchObject({ rule: 'rest' });
    expect(routed({ language: 'de-CH' })).toMatchObject({ rule: 'swiss' });
  });

  it('makes the language a skill, without its region, and adds what the bot asks for', () => {
    expect(routed({ language: 'de-CH', skills: ['escalation', 'de'] }).skills).toEqual(['de', 'escalation']);
  });

  it('lets the bot name the pool, and then asks for no skill that the pool may not have', () => {
    expect(routed({ issue: { type: 'billing-dispute' }, pool: 'lab', skills: ['x'] })).toEqual({
      pool: 'lab',
      skills: ['en', 'x'],
      rule: 'requested-pool',
    });
  });

  it('of the built-in rules knows billing and technical issues', () => {
    const poolOf = (type: string) => route(defaultRouting, aHandoverRequest({ issue: { type } })).pool;
    expect(
      ['billing-dispute', 'invoice-unclear', 'technical-fault', 'outage', 'moving-house'].map(poolOf),
    ).toEqual(['billing', 'billing', 'technical', 'technical', 'general']);
    expect(routingFaults(defaultRouting)).toEqual([]);
  });
});

describe('a routing table', () => {
  it('is wrong if a rule names no condition, or an id is used twice or reserved', () => {
    const faults = routingFaults({
      rules: [
        { id: 'a', when: {}, pool: 'p' },
        { id: 'requested-pool', when: { language: ['de'] }, pool: 'p' },
      ],
      otherwise: { id: 'a', pool: 'q' },
    });
    expect(faults).toEqual([
      'rules[0].when names no condition: it would match everything; make it "otherwise"',
      'rules[1].id "requested-pool" is reserved',
      'otherwise.id "a" is used twice',
    ]);
  });
});
