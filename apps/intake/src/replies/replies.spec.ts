import { topicDefinitions, topics } from '@handover/contracts';
import { anAppointmentConfirmed, anOffersHeld } from '@handover/intake/testing';
import { type Platform, toBusMessage } from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { RunningIntake } from '../testing/a-running-intake.js';
import { Replies, mostExpected } from './replies.js';
import { confirmationOf, offersFor } from './reply.js';

describe('replies', () => {
  let platform: Platform;
  let replies: Replies;
  beforeEach(async () => {
    platform = await aPlatform({ topics: topicDefinitions });
    replies = new Replies(platform.bus, platform.config);
    replies.onApplicationBootstrap();
    await until(() => replies.checks()['replies']?.status === 'up');
  });
  afterEach(async () => {
    await replies.onApplicationShutdown();
    await platform.close();
  });

  let published = 0;
  const publish = (type: string, data: { handoverId: string }) => {
    const event = { id: `e-${++published}`, type, source: '/handover/reservation', extensions: {}, data };
    return platform.bus.publish([
      toBusMessage(event, { topic: topics.appointmentEvents, key: data.handoverId }),
    ]);
  };

  it('reach everyone who waits for them, and nobody else', async () => {
    const waits = [1, 2].map(() => replies.expect('handover-1', offersFor('request-1')));
    const others = [
      replies.expect('handover-1', offersFor('request-2')),
      replies.expect('handover-2', offersFor('request-1')),
    ];
    const heard: string[] = [];
    for (const { reply } of others) void reply.then(({ type }) => heard.push(type));
    await publish('OffersHeld', anOffersHeld());
    expect(await Promise.all(waits.map(({ reply }) => reply))).toEqual([
      {
        type: 'OffersHeld',
        data: anOffersHeld(),
        id: 'e-1',
        source: expect.anything(),
        extensions: expect.anything(),
      },
      expect.objectContaining({ data: anOffersHeld() }),
    ]);
    expect(heard).toEqual([]);
  });

  it('to an acceptance are its own refusal, or the confirmation of its offer by whichever acceptance', async () => {
    const wait = replies.expect('handover-1', confirmationOf('offer-1', 'request-9'));
    await publish('OffersHeld', anOffersHeld({ requestId: 'request-9' }));
    await publish('AppointmentConfirmed', anAppointmentConfirmed({ offerId: 'offer-2' }));
    await publish(
      'AppointmentConfirmed',
      anAppointmentConfirmed({ requestId: 'request-8', offerId: 'offer-1' }),
    );
    expect((await wait.reply).data).toMatchObject({ requestId: 'request-8', offerId: 'offer-1' });
  });

  it('are forgotten when nobody waits any more, and bounded while many do', async () => {
    const many = Array.from({ length: mostExpected }, (_, index) =>
      replies.expect(`handover-${index}`, offersFor('request-1')),
    );
    const tooMany = replies.expect('one-too-many', offersFor('request-1'));
    const heard: string[] = [];
    void tooMany.reply.then(({ type }) => heard.push(type));
    for (const { end } of many) end();
    const room = replies.expect('one-too-many', offersFor('request-1'));
    await publish('OffersHeld', anOffersHeld({ handoverId: 'one-too-many' }));
    await room.reply;
    expect(heard).toEqual([]);
  });

  it('that are malformed are skipped', async () => {
    const wait = replies.expect('handover-1', offersFor('request-1'));
    const headers = { ce_type: 'OffersHeld' };
    await platform.bus.publish([
      { topic: topics.appointmentEvents, key: 'handover-1', headers, value: Buffer.from('{') },
    ]);
    await publish('OffersHeld', anOffersHeld());
    expect((await wait.reply).type).toBe('OffersHeld');
  });
});

describe('readiness', () => {
  it('includes the consumer of replies', async () => {
    const intake = await RunningIntake.start();
    expect((await intake.service.readiness()).checks).toMatchObject({ replies: { status: 'up' } });
    await intake.stop();
  });
});
