import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  AcceptOffer,
  AmendContext,
  AppointmentConfirmed,
  DeclineOffers,
  HandoverRequest,
  type Implausible,
  WithdrawHandover,
} from '@handover/contracts';
import { type Refusal, idFrom } from '@handover/kernel';
import { LOG, MessageContext } from '@handover/platform';
import { type Logger } from 'pino';
import { HandoverCommands } from '../handover-commands.js';
import { HandoverNotHereYet, attemptsToFind, wrongMessage } from './refused-message.js';

/** The client id of a message: its source, in the letters that ids may have. */
const clientOf = (source: string): string =>
  source
    .replace(/[^A-Za-z0-9._:-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 128) || 'topic';

/** What bots ask for by topic. The answer is what reservation publishes. */
@Controller()
export class HandoverCommandsConsumer {
  constructor(
    @Inject(HandoverCommands) private readonly commands: HandoverCommands,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** The message's source and id are the idempotency key. */
  @EventPattern<string>('handover.request')
  async request(
    @Payload() request: HandoverRequest,
    @Ctx() { id, source, cause }: MessageContext,
  ): Promise<void> {
    const handoverId = idFrom('handover', source, id);
    const asked = { handoverId, clientId: clientOf(source), request };
    const { refused } = await this.commands.request(asked, cause);
    if (refused) throw wrongMessage(refused);
  }

  @EventPattern<string>('handover.amend-context')
  async amend(@Payload() command: AmendContext, @Ctx() context: MessageContext): Promise<void> {
    const { handoverId, ...amendment } = command;
    this.settle(await this.commands.amend(handoverId, amendment, context.cause), context);
  }

  @EventPattern<string>('handover.accept-offer')
  async accept(@Payload() command: AcceptOffer, @Ctx() context: MessageContext): Promise<void> {
    const { handoverId, ...acceptance } = command;
    this.settle(await this.commands.accept(handoverId, acceptance, context.cause), context);
  }

  @EventPattern<string>('handover.decline-offers')
  async decline(
    @Payload() { handoverId, reason }: DeclineOffers,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    this.settle(await this.commands.decline(handoverId, reason, context.cause), context);
  }

  @EventPattern<string>('handover.withdraw')
  async withdraw(
    @Payload() { handoverId, reason }: WithdrawHandover,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    this.settle(await this.commands.withdraw(handoverId, reason, context.cause), context);
  }

  /** A repeat contact was confirmed: the handover that it replaces is over. */
  @EventPattern<string>('AppointmentConfirmed')
  async supersede(
    @Payload() { handoverId, supersedesHandover }: AppointmentConfirmed,
    @Ctx() { cause }: MessageContext,
  ): Promise<void> {
    if (supersedesHandover) await this.commands.supersede(supersedesHandover, handoverId, cause);
  }

  /**
   * A command that cannot be true is a dead letter. One that only comes at the wrong time is not: what the caller says
   * next, as that the call is no longer wanted, must not have to wait behind it.
   */
  private settle(
    { refused }: { refused?: Refusal | Implausible },
    { type, message, cause }: MessageContext,
  ): void {
    if (!refused) return;
    if (refused.refused === 'implausible') throw wrongMessage(refused);
    if (refused.refused === 'unknown-handover') {
      if (message.attempt >= attemptsToFind) throw wrongMessage(refused);
      throw new HandoverNotHereYet('The handover that the command names is not in the log yet.');
    }
    this.log.warn({ type, causationId: cause.id, refused: refused.refused }, 'command refused');
  }
}
