import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  type CallbackEvent,
  CancelCallback,
  RescheduleCallback,
  ScheduleCallback,
} from '@handover/contracts';
import { type Callback, type UnknownCallback, cancel, reschedule, schedule } from '@handover/dialing';
import { type Decision, type Instant } from '@handover/kernel';
import { LOG, MessageContext } from '@handover/platform';
import { type Logger } from 'pino';
import { CallbackLog } from '../callback-log.js';
import { Driver } from '../driving/driver.js';

interface Command {
  readonly callbackId: string;
  readonly handoverId: string;
  readonly pool: string;
}

/** Takes reservation's commands, in the order of each pool. */
@Controller()
export class CallbackCommandsConsumer {
  constructor(
    @Inject(CallbackLog) private readonly callbacks: CallbackLog,
    @Inject(Driver) private readonly driver: Driver,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @EventPattern<string>('callbacks.schedule')
  onSchedule(@Payload() command: ScheduleCallback, @Ctx() context: MessageContext): Promise<void> {
    return this.decide(command, context, (callback, now) => schedule(callback, command, now));
  }

  @EventPattern<string>('callbacks.reschedule')
  onReschedule(@Payload() command: RescheduleCallback, @Ctx() context: MessageContext): Promise<void> {
    return this.decide(command, context, (callback, now) => reschedule(callback, command, now));
  }

  @EventPattern<string>('callbacks.cancel')
  onCancel(@Payload() command: CancelCallback, @Ctx() context: MessageContext): Promise<void> {
    return this.decide(command, context, (callback, now) => cancel(callback, command, now));
  }

  /**
   * A command about a callback that was never scheduled changes nothing. As a dead letter it would hold up the whole
   * pool behind it (ADR 0075).
   */
  private async decide(
    { callbackId, handoverId, pool }: Command,
    { cause }: MessageContext,
    decision: (callback: Callback, now: Instant) => Decision<CallbackEvent, UnknownCallback>,
  ): Promise<void> {
    this.driver.isHomeOf(pool);
    const about = { ...cause, correlationId: handoverId };
    const { refused } = await this.callbacks.decide(callbackId, about, decision);
    if (refused) this.log.error({ callbackId, cause: cause.id }, `command refused: ${refused.why}`);
  }
}
