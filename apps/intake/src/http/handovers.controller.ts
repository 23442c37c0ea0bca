import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  UseInterceptors,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import {
  AppointmentAnswer,
  ContextAmendment,
  ContextAnswer,
  FarewellAnswer,
  HandoverAnswer,
  HandoverPath,
  HandoverRequest,
  HandoverState,
  OfferAcceptance,
  Reason,
} from '@handover/contracts';
import { ageSeconds, foldHandover, unknown } from '@handover/intake';
import { type Clock, type Ids } from '@handover/kernel';
import { CLOCK, IDS, STORE, type EventStore } from '@handover/platform';
import { cancelledSentence, declinedSentence } from '@handover/words';
import { HandoverCommands } from '../handover-commands.js';
import { historyOf } from '../history.js';
import { Asking } from './asking.js';
import { type Headers as HttpHeaders, causeOf, newHandoverOf } from './client.js';
import { linksOf } from './compose.js';
import { type HttpAnswer, HttpAnswers } from './http-answer.js';
import { problemOf } from './problems.js';
import { sayNow } from './say-now.js';
import { Speakable } from './speakable.js';

@Controller('v1/handovers')
@UseInterceptors(HttpAnswers, Speakable)
export class HandoversController {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(HandoverCommands) private readonly commands: HandoverCommands,
    @Inject(Asking) private readonly asking: Asking,
  ) {}

  /** The bot gives up: the context in, times and the sentence that offers them out. */
  @Post()
  @ApiHeader({
    name: 'Idempotency-Key',
    description: 'The same key and body again: the same handover, the same answer.',
  })
  @ApiHeader({ name: 'Handover-Client', description: 'Whose keys these are; default "default".' })
  @ApiCreatedResponse({ type: HandoverAnswer })
  @ApiAcceptedResponse({ type: HandoverAnswer, description: 'No times yet: speak, and look at links.self.' })
  request(
    @Body() request: HandoverRequest,
    @Headers() headers: HttpHeaders,
  ): Promise<HttpAnswer<HandoverAnswer>> {
    const { handoverId, clientId } = newHandoverOf(headers, this.ids);
    return this.asking.request({ handoverId, clientId, request }, causeOf(`requests/${handoverId}`, headers));
  }

  /** How it stands, without anything personal. */
  @Get(':handoverId')
  @ApiOkResponse({ type: HandoverState })
  async read(@Param() { handoverId }: HandoverPath): Promise<HandoverState> {
    const view = foldHandover(await historyOf(this.store, handoverId));
    if (!view) throw problemOf(unknown);
    const now = this.clock.now();
    const say = sayNow(view, now);
    return { ...view, say, ageSeconds: ageSeconds(view, now), links: linksOf(handoverId) };
  }

  /** A late transcript or analysis. */
  @Patch(':handoverId/context')
  @ApiOkResponse({ type: ContextAnswer })
  async amend(
    @Param() { handoverId }: HandoverPath,
    @Body() amendment: ContextAmendment,
    @Headers() headers: HttpHeaders,
  ): Promise<ContextAnswer> {
    const { refused, state } = await this.commands.amend(handoverId, amendment, this.changeOf(headers));
    if (refused) throw problemOf(refused);
    if (!state.context) throw problemOf(unknown);
    return { handoverId, completeness: state.context.completeness, links: linksOf(handoverId) };
  }

  /** The caller picks an offer, and may name another number. */
  @Post(':handoverId/appointment')
  @ApiCreatedResponse({ type: AppointmentAnswer })
  @ApiAcceptedResponse({
    type: AppointmentAnswer,
    description: 'Not confirmed yet: speak, and look at links.self.',
  })
  accept(
    @Param() { handoverId }: HandoverPath,
    @Body() acceptance: OfferAcceptance,
    @Headers() headers: HttpHeaders,
  ): Promise<HttpAnswer<AppointmentAnswer>> {
    return this.asking.accept(handoverId, acceptance, this.changeOf(headers));
  }

  /** The caller no longer wants to be called. */
  @Delete(':handoverId/appointment')
  @ApiOkResponse({ type: FarewellAnswer })
  async withdraw(
    @Param() { handoverId }: HandoverPath,
    @Body() { reason }: Reason,
    @Headers() headers: HttpHeaders,
  ): Promise<FarewellAnswer> {
    const done = await this.commands.withdraw(handoverId, reason, this.changeOf(headers));
    if (done.refused) throw problemOf(done.refused);
    const hadAppointment = done.elsewhere.some(({ type }) => type === 'AppointmentConfirmed');
    const sentence = hadAppointment ? cancelledSentence : declinedSentence;
    return {
      handoverId,
      status: 'withdrawn',
      say: sentence({ language: done.state.context?.language ?? 'en' }),
      links: linksOf(handoverId),
    };
  }

  /** The caller wants none of the offers. */
  @Post(':handoverId/decline')
  @HttpCode(200)
  @ApiOkResponse({ type: FarewellAnswer })
  async decline(
    @Param() { handoverId }: HandoverPath,
    @Body() { reason }: Reason,
    @Headers() headers: HttpHeaders,
  ): Promise<FarewellAnswer> {
    const { refused, state } = await this.commands.decline(handoverId, reason, this.changeOf(headers));
    if (refused) throw problemOf(refused);
    return {
      handoverId,
      status: 'declined',
      say: declinedSentence({ language: state.context?.language ?? 'en' }),
      links: linksOf(handoverId),
    };
  }

  /** Changes are idempotent by what they say, not by a key: each call is a cause of its own. */
  private changeOf(headers: HttpHeaders): ReturnType<typeof causeOf> {
    return causeOf(`changes/${this.ids.next()}`, headers);
  }
}
