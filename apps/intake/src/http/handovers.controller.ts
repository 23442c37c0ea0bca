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
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
} from '@nestjs/swagger';
import {
  AppointmentAnswer,
  AppointmentRefusal,
  ContextAmendment,
  ContextAnswer,
  FarewellAnswer,
  HandoverAnswer,
  HandoverPath,
  HandoverRefusal,
  HandoverRequest,
  HandoverState,
  OfferAcceptance,
  Reason,
} from '@handover/contracts';
import { ageSeconds, foldHandover, unknown } from '@handover/intake';
import { type Clock, type Ids } from '@handover/kernel';
import { CLOCK, IDS, Operation, STORE, type EventStore } from '@handover/platform';
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

const location = {
  Location: { description: 'Address of the handover.', schema: { type: 'string' } },
} as const;
const retryAfter = {
  'Retry-After': { description: 'Seconds until it is worth to look again.', schema: { type: 'integer' } },
} as const;

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

  @Post()
  @Operation('Hand a caller over: the context in, times and the sentence that offers them out', {
    description:
      'Answers when times are held, with 201 also if none can be kept (`noSlot` says why); after the reply budget with 202. Speak `say` in any case.',
    refusals: { 422: ['idempotency-key-reused'] },
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    description: 'The same key and body again: the same handover, the same answer.',
  })
  @ApiHeader({ name: 'Handover-Client', description: 'Whose keys these are; default "default".' })
  @ApiCreatedResponse({
    type: HandoverAnswer,
    description: 'Times are held, or there are none.',
    headers: location,
  })
  @ApiAcceptedResponse({
    type: HandoverAnswer,
    description: 'No times yet: speak, and look at links.self.',
    headers: { ...location, ...retryAfter },
  })
  request(
    @Body() request: HandoverRequest,
    @Headers() headers: HttpHeaders,
  ): Promise<HttpAnswer<HandoverAnswer>> {
    const { handoverId, clientId } = newHandoverOf(headers, this.ids);
    return this.asking.request({ handoverId, clientId, request }, causeOf(`requests/${handoverId}`, headers));
  }

  @Get(':handoverId')
  @Operation('How a handover stands', {
    description: 'From the request to the rating; `say` is true now. Nothing personal is in it.',
    refusals: { 404: ['unknown-handover'] },
  })
  @ApiOkResponse({ type: HandoverState })
  async read(@Param() { handoverId }: HandoverPath): Promise<HandoverState> {
    const view = foldHandover(await historyOf(this.store, handoverId));
    if (!view) throw problemOf(unknown);
    const now = this.clock.now();
    const say = sayNow(view, now);
    return { ...view, say, ageSeconds: ageSeconds(view, now), links: linksOf(handoverId) };
  }

  @Patch(':handoverId/context')
  @Operation('Amend the context with a late transcript or analysis', {
    description:
      'Each field given replaces the earlier one, lists in full; null takes it back. Until the call is over.',
    refusals: { 404: ['unknown-handover'], 409: ['handover-closed'] },
    extensions: { 409: HandoverRefusal },
  })
  @ApiConsumes('application/merge-patch+json', 'application/json')
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

  @Post(':handoverId/appointment')
  @Operation('Accept an offer, perhaps with another telephone number', {
    description:
      'A refusal has `say` and, where the hold is gone, `offers` that are held afresh. The same acceptance again gets the same appointment.',
    refusals: {
      404: ['unknown-handover'],
      409: ['hold-expired', 'slot-past', 'unknown-offer', 'already-confirmed', 'handover-closed'],
    },
    extensions: { 409: AppointmentRefusal },
  })
  @ApiCreatedResponse({ type: AppointmentAnswer, description: 'The appointment stands.' })
  @ApiAcceptedResponse({
    type: AppointmentAnswer,
    description: 'Not confirmed yet: speak, and look at links.self.',
    headers: retryAfter,
  })
  accept(
    @Param() { handoverId }: HandoverPath,
    @Body() acceptance: OfferAcceptance,
    @Headers() headers: HttpHeaders,
  ): Promise<HttpAnswer<AppointmentAnswer>> {
    return this.asking.accept(handoverId, acceptance, this.changeOf(headers));
  }

  @Delete(':handoverId/appointment')
  @Operation('Cancel: the caller no longer wants to be called', {
    refusals: { 404: ['unknown-handover'], 409: ['handover-closed', 'caller-connected'] },
    extensions: { 409: HandoverRefusal },
  })
  @ApiBody({ type: Reason, required: false })
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

  @Post(':handoverId/decline')
  @Operation('Decline: the caller wants none of the offers', {
    refusals: { 404: ['unknown-handover'], 409: ['handover-closed', 'already-confirmed'] },
    extensions: { 409: HandoverRefusal },
  })
  @ApiBody({ type: Reason, required: false })
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
