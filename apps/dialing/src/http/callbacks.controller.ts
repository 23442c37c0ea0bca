import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import {
  Acknowledgement,
  Briefing,
  CallbackPath,
  CallbackStatus,
  DispositionReport,
  OpenCallbacks,
  OpenCallbacksQuery,
  type CallbackEvent,
} from '@handover/contracts';
import {
  type Callback,
  type KnownCallback,
  acknowledge,
  briefingOf,
  dispose,
  statusOf,
  unknown,
} from '@handover/dialing';
import { type Clock, type Decision, type Instant } from '@handover/kernel';
import { CLOCK, Operation, Problem } from '@handover/platform';
import { type FastifyReply } from 'fastify';
import { CallbackLog } from '../callback-log.js';
import { Follower } from '../situation/follower.js';
import { Situation } from '../situation/situation.js';
import { type Refused, problemOf, starting } from './problems.js';

const shownAtMost = 1_000;

@Controller('v1/callbacks')
export class CallbacksController {
  constructor(
    @Inject(CallbackLog) private readonly callbacks: CallbackLog,
    @Inject(Situation) private readonly situation: Situation,
    @Inject(Follower) private readonly follower: Follower,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Operation('Callbacks that have not ended, the earliest start first', {
    description: 'At most 1,000 are shown; `total` counts all.',
    refusals: { 503: ['starting'] },
  })
  @ApiOkResponse({ type: OpenCallbacks })
  open(@Query() { pool }: OpenCallbacksQuery): OpenCallbacks {
    if (!this.follower.isLive) throw starting();
    const open = [...this.situation.open()].filter(({ terms }) => pool === undefined || terms.pool === pool);
    const shown = open.sort((one, other) => one.start - other.start).slice(0, shownAtMost);
    const now = this.clock.now();
    return { callbacks: shown.map((callback) => statusOf(callback, now)), total: open.length };
  }

  @Get(':callbackId')
  @Operation('How a callback stands', { refusals: { 404: ['unknown-callback'] } })
  @ApiOkResponse({ type: CallbackStatus })
  async status(@Param() { callbackId }: CallbackPath): Promise<CallbackStatus> {
    return statusOf(await this.load(callbackId), this.clock.now());
  }

  @Get(':callbackId/briefing')
  @Operation('What the agent reads before the call', {
    description: 'As JSON, or with `Accept: text/plain` as one page. Personal: kept in no cache.',
    refusals: { 404: ['unknown-callback', 'unknown-handover'] },
  })
  @ApiExtraModels(Briefing)
  @ApiOkResponse({
    description: 'The briefing, with the freshest context.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(Briefing) } },
      'text/plain': { schema: { type: 'string' } },
    },
  })
  async briefing(
    @Param() { callbackId }: CallbackPath,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept') accept = '',
  ): Promise<Briefing | string> {
    const callback = await this.load(callbackId);
    const context = await this.callbacks.context(callback.terms.handoverId);
    if (!context) throw withoutContext(callback);
    const briefing = briefingOf(callback, context, this.clock.now());
    void reply.header('cache-control', 'no-store');
    if (!accept.includes('text/plain')) return briefing;
    void reply.type('text/plain; charset=utf-8');
    return `${briefing.page}\n`;
  }

  @Post(':callbackId/acknowledgement')
  @Operation('Acknowledge the briefing: nobody is dialled before', {
    refusals: { 404: ['unknown-callback'], 409: ['not-your-callback', 'callback-closed'] },
  })
  @HttpCode(200)
  @ApiOkResponse({ type: CallbackStatus })
  acknowledge(
    @Param() { callbackId }: CallbackPath,
    @Body() { agentId }: Acknowledgement,
    @Headers('traceparent') traceparent?: string,
  ): Promise<CallbackStatus> {
    return this.decide(callbackId, { what: 'acknowledge', traceparent }, (callback, now) =>
      acknowledge(callback, callbackId, agentId, now),
    );
  }

  @Post(':callbackId/disposition')
  @Operation('Close the callback with its disposition', {
    description:
      'If they still talk, the call ends. The same again changes nothing; another report of a closed callback is refused.',
    refusals: { 404: ['unknown-callback'], 409: ['not-your-callback', 'not-connected', 'callback-closed'] },
  })
  @HttpCode(200)
  @ApiOkResponse({ type: CallbackStatus })
  dispose(
    @Param() { callbackId }: CallbackPath,
    @Body() report: DispositionReport,
    @Headers('traceparent') traceparent?: string,
  ): Promise<CallbackStatus> {
    return this.decide(callbackId, { what: 'dispose', traceparent }, (callback, now) =>
      dispose(callback, callbackId, report, now),
    );
  }

  private async decide<Refusing extends Refused>(
    callbackId: string,
    { what, traceparent }: { readonly what: string; readonly traceparent?: string },
    decision: (callback: Callback, now: Instant) => Decision<CallbackEvent, Refusing>,
  ): Promise<CallbackStatus> {
    const { terms } = await this.load(callbackId);
    const cause = this.callbacks.freshCause(what, terms.handoverId, traceparent);
    const { state, refused } = await this.callbacks.decide(callbackId, cause, decision);
    if (refused) throw problemOf(refused);
    if (state.is === 'unknown') throw problemOf(unknown(callbackId));
    return statusOf(state, this.clock.now());
  }

  private async load(callbackId: string): Promise<KnownCallback> {
    const callback = await this.callbacks.load(callbackId);
    if (callback.is === 'unknown') throw problemOf(unknown(callbackId));
    return callback;
  }
}

const withoutContext = ({ terms }: KnownCallback): Problem =>
  new Problem({
    type: 'unknown-handover',
    title: 'Nothing is known of the handover',
    status: 404,
    detail: `The log has nothing about handover "${terms.handoverId}": there is no briefing.`,
  });
