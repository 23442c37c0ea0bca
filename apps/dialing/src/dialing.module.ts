import { Module } from '@nestjs/common';
import { type Clock } from '@handover/kernel';
import { CLOCK, CONFIG, type Config } from '@handover/platform';
import { CallbackLog } from './callback-log.js';
import { CallbackCommandsConsumer } from './topics/callback-commands.consumer.js';
import { Desks } from './desks.js';
import { Assignments } from './driving/assignments.js';
import { Calls } from './driving/calls.js';
import { Driver } from './driving/driver.js';
import { Steps } from './driving/steps.js';
import { BriefingsController } from './http/briefings.controller.js';
import { CallbacksController } from './http/callbacks.controller.js';
import { DeskPageController } from './http/desk-page.controller.js';
import { SETTINGS, settingsFromEnvironment } from './settings.js';
import { Follower } from './situation/follower.js';
import { Situation } from './situation/situation.js';
import { TELEPHONY, openTelephony } from './telephony/open-telephony.js';

@Module({
  controllers: [CallbackCommandsConsumer, CallbacksController, BriefingsController, DeskPageController],
  providers: [
    Assignments,
    CallbackLog,
    Calls,
    Desks,
    Driver,
    Follower,
    Situation,
    Steps,
    { provide: SETTINGS, useFactory: () => settingsFromEnvironment() },
    {
      provide: TELEPHONY,
      inject: [CONFIG, CLOCK],
      useFactory: (config: Config, clock: Clock) => openTelephony(config.telephony, clock),
    },
  ],
})
export class DialingModule {}
