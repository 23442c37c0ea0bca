import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  CancelAppointment,
  CapacityProjected,
  ConfirmSlot,
  ReleaseSlots,
  RequestSlots,
} from '@handover/contracts';
import { MessageContext } from '@handover/platform';
import { type SlotCommand } from '@handover/reservation';
import { Desks } from '../desk/desks.js';

/** Commands on `handover.slots.commands.v1`, keyed by pool: each is done when what it led to is stored. */
@Controller()
export class SlotCommandsConsumer {
  constructor(@Inject(Desks) private readonly desks: Desks) {}

  @EventPattern<string>('slots.request')
  request(@Payload() data: RequestSlots, @Ctx() context: MessageContext): Promise<void> {
    return this.take({ type: 'slots.request', data }, data.pool, context);
  }

  @EventPattern<string>('slots.confirm')
  confirm(@Payload() data: ConfirmSlot, @Ctx() context: MessageContext): Promise<void> {
    return this.take({ type: 'slots.confirm', data }, data.pool, context);
  }

  @EventPattern<string>('slots.release')
  release(@Payload() data: ReleaseSlots, @Ctx() context: MessageContext): Promise<void> {
    return this.take({ type: 'slots.release', data }, data.pool, context);
  }

  @EventPattern<string>('slots.cancel')
  cancel(@Payload() data: CancelAppointment, @Ctx() context: MessageContext): Promise<void> {
    return this.take({ type: 'slots.cancel', data }, data.pool, context);
  }

  @EventPattern<string>('slots.apply-capacity')
  applyCapacity(@Payload() data: CapacityProjected, @Ctx() context: MessageContext): Promise<void> {
    return this.take({ type: 'slots.apply-capacity', data }, data.pool, context);
  }

  private async take(command: SlotCommand, pool: string, { cause }: MessageContext): Promise<void> {
    await this.desks.of(pool).handle(command, cause);
  }
}
