import { topics } from '@handover/contracts';
import { aConversationReport, aHandoverRequest, anAppointmentConfirmed } from '@handover/intake/testing';
import { idFrom } from '@handover/kernel';
import { type LoggedMessage, toBusMessage } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { RunningIntake } from '../testing/a-running-intake.js';

const source = '/bots/voice-1';

describe('commands by topic', () => {
  let intake: RunningIntake;
  beforeAll(async () => {
    intake = await RunningIntake.start();
  });
  afterAll(() => intake.stop());

  const send = (
    topic: string,
    type: string,
    data: object,
    { id = `${type}-${++sent}`, key = id }: { id?: string; key?: string } = {},
  ): Promise<void> =>
    intake.platform.bus.publish([toBusMessage({ id, type, source, extensions: {}, data }, { topic, key })]);
  let sent = 0;

  const command = (type: string, data: object, more = {}) =>
    send(topics.handoverCommands, `handover.${type}`, data, more);
  const handoverOf = (id: string): string => idFrom('handover', source, id);
  const reaches = async (handoverId: string, type: string): Promise<void> =>
    until(async () => (await intake.types(handoverId)).includes(type));

  async function requested(id: string, given = {}): Promise<string> {
    await command('request', aHandoverRequest(given), { id });
    await reaches(handoverOf(id), 'OffersHeld');
    return handoverOf(id);
  }

  async function deadLetter(
    topic: string,
    wanted: (letter: LoggedMessage) => boolean,
  ): Promise<LoggedMessage> {
    const parked = `${topic}.handover-intake.dlq`;
    for (;;) {
      for (const { partition } of await intake.platform.bus.offsets(parked))
        for await (const letter of intake.platform.bus.browse(parked, { partition }))
          if (wanted(letter)) return letter;
      await new Promise(setImmediate);
    }
  }
  const letterOf = (topic: string, id: string) => deadLetter(topic, ({ headers }) => headers['ce_id'] === id);
  const reasonIn = ({ headers }: LoggedMessage): string =>
    Object.entries(headers)
      .filter(([name]) => !name.startsWith('ce_'))
      .map(([, value]) => value)
      .join(' ');

  it('a request leads to offers; its source and id are the key', async () => {
    const handoverId = await requested('r-1');
    const [first] = await intake.history(handoverId);
    expect(first).toMatchObject({
      type: 'HandoverRequested',
      data: { handoverId, clientId: 'bots-voice-1', pool: 'technical' },
      metadata: { causationId: '/bots/voice-1/r-1', correlationId: handoverId },
    });
    await command('request', aHandoverRequest(), { id: 'r-1' });
    await requested('r-1-after');
    expect(await intake.types(handoverId)).toEqual(['HandoverRequested', 'OffersHeld']);
  });

  it('an offer is accepted, the context amended, the call withdrawn', async () => {
    const handoverId = await requested('r-2');
    await command('accept-offer', { handoverId, offerId: `offer-1-of-${handoverId}` });
    await reaches(handoverId, 'AppointmentConfirmed');
    await command('amend-context', { handoverId, urgency: 'critical' });
    await reaches(handoverId, 'ContextAmended');
    await command('withdraw', { handoverId, reason: 'Solved' });
    await reaches(handoverId, 'HandoverWithdrawn');
  });

  it('offers are declined', async () => {
    const handoverId = await requested('r-3');
    await command('decline-offers', { handoverId });
    await reaches(handoverId, 'OffersDeclined');
  });

  it('the same message twice has one effect', async () => {
    const handoverId = await requested('r-4');
    const again = { id: 'decline-r-4', key: handoverId };
    await command('decline-offers', { handoverId }, again);
    await command('decline-offers', { handoverId }, again);
    await command('withdraw', { handoverId }, { key: handoverId });
    await reaches(handoverId, 'HandoverWithdrawn');
    const types = await intake.types(handoverId);
    expect(types.filter((type) => type === 'OffersDeclined')).toHaveLength(1);
  });

  it('a conversation is reported', async () => {
    await send(topics.conversationCommands, 'conversation.report', aConversationReport());
    await reaches('conversation-1', 'ConversationEnded');
  });

  it('fields that a newer producer adds are not stored', async () => {
    const handoverId = await requested('r-5', { fromTheFuture: 'Robin' });
    const [first] = await intake.history(handoverId);
    expect(JSON.stringify(first)).not.toContain('fromTheFuture');
  });

  it('one that breaks a rule is a dead letter that names field and rule, and nothing personal', async () => {
    const wrong = { ...aHandoverRequest(), personal: { phoneNumber: '044 999' } };
    await command('request', wrong, { id: 'wrong-1' });
    const letter = await letterOf(topics.handoverCommands, 'wrong-1');
    expect(reasonIn(letter)).toMatch(/personal\.phoneNumber:? must be an E\.164 number/);
    expect(reasonIn(letter)).not.toContain('999');
    expect(JSON.parse(String(letter.value))).toEqual(wrong);
  });

  it('one that cannot be true is a dead letter', async () => {
    await command('request', aHandoverRequest({ wishes: { notAfter: '2026-11-01T00:00:00Z' } }), {
      id: 'late-1',
    });
    expect(reasonIn(await letterOf(topics.handoverCommands, 'late-1'))).toContain('wishes.notAfter');
  });

  it('another body under the same id is a dead letter: the first stands', async () => {
    const handoverId = await requested('r-6');
    await command('request', aHandoverRequest({ urgency: 'low' }), { id: 'r-6' });
    expect(reasonIn(await letterOf(topics.handoverCommands, 'r-6'))).toContain('idempotency-key-reused');
    expect((await intake.types(handoverId)).filter((type) => type === 'HandoverRequested')).toHaveLength(1);
  });

  it('one about a handover that never comes is a dead letter after some tries', async () => {
    await command('withdraw', { handoverId: 'nobody' }, { id: 'lost-1' });
    expect(reasonIn(await letterOf(topics.handoverCommands, 'lost-1'))).toContain('unknown-handover');
  });

  it('one about a handover that comes a little later is carried out', async () => {
    const handoverId = handoverOf('r-7');
    await command('decline-offers', { handoverId }, { key: 'elsewhere' });
    await requested('r-7');
    await reaches(handoverId, 'OffersDeclined');
  });

  it('one at the wrong time does not keep what the caller says next from being carried out', async () => {
    const handoverId = await requested('r-8');
    await command('accept-offer', { handoverId, offerId: `offer-1-of-${handoverId}` }, { key: handoverId });
    await reaches(handoverId, 'AppointmentConfirmed');
    await command('decline-offers', { handoverId }, { key: handoverId });
    await command('withdraw', { handoverId }, { key: handoverId });
    await reaches(handoverId, 'HandoverWithdrawn');
    expect(await intake.types(handoverId)).not.toContain('OffersDeclined');
  });

  it('a confirmed repeat contact supersedes the older handover, once', async () => {
    const older = await requested('older');
    const newer = await requested('newer');
    const data = anAppointmentConfirmed({ handoverId: newer, supersedesHandover: older });
    const event = { id: 'confirmed-1', type: 'AppointmentConfirmed', source, extensions: {}, data };
    const message = toBusMessage(event, { topic: topics.appointmentEvents, key: newer });
    await intake.platform.bus.publish([message, message]);
    await reaches(older, 'HandoverSuperseded');
    expect((await intake.call('GET', `/v1/handovers/${older}`)).body).toMatchObject({
      status: 'superseded',
      supersededBy: newer,
      closed: true,
    });
    expect((await intake.types(older)).filter((type) => type === 'HandoverSuperseded')).toHaveLength(1);
  });
});
