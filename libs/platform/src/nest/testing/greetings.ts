import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  type MessageEvent,
  Module,
  Param,
  Post,
  Query,
  Sse,
} from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Json } from '@handover/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { NEVER, type Observable, of, concat } from 'rxjs';
import { StoreUnavailable } from '../../event-store/faults.js';
import { type EventStore } from '../../event-store/port.js';
import { STORE } from '../../platform.js';
import { handle } from '../../write-path/handle.js';
import { MessageContext } from '../message-context.js';
import { Operation } from '../../openapi/operation.js';
import { Problem } from '../problem.js';
import { type ServiceDefinition } from '../service.js';

export class Guest {
  @IsString() @MaxLength(10) name!: string;
}
export class Greeting {
  @IsString() @MaxLength(10) name!: string;
  @IsOptional() @IsInt() @Max(120) age?: number;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => Guest)
  guests?: Guest[];
}
export class GreetingPath {
  @Matches(/^[a-z0-9-]{1,128}$/) id!: string;
}
export class Page {
  @IsOptional() @Type(() => Number) @IsInt() @Max(10) size?: number;
}

/** What the handler of `Greeted` does next, and what it was given; set by the tests. */
export const behaviour: { fails: Error | undefined; handled: Greeting[]; attempts: number } = {
  fails: undefined,
  handled: [],
  attempts: 0,
};

const greeted = { initial: 0, versionOf: () => 1, evolve: (count: number) => count + 1 };

@Controller('v1/greetings')
class GreetingsController {
  constructor(@Inject(STORE) private readonly store: EventStore) {}

  @Post()
  @Operation('Greet somebody', { refusals: { 409: ['no-greeting'] } })
  greet(@Body() body: Greeting, @Headers('traceparent') traceparent: string): object {
    return { name: body.name, isGreeting: body instanceof Greeting, fields: Object.keys(body), traceparent };
  }

  @Get('live')
  @Sse()
  live(): Observable<MessageEvent> {
    return concat(of({ id: '1', data: 'hello' }), NEVER);
  }

  @Get(':id')
  find(@Param() { id }: GreetingPath, @Query() page: Page): object {
    return { id, page };
  }

  @Post('faults/:kind')
  @HttpCode(200)
  fail(@Param('kind') kind: string): object {
    if (kind === 'store') throw new StoreUnavailable('the disk is gone');
    if (kind === 'refused')
      throw new Problem({
        type: 'no-greeting',
        title: 'No',
        status: 409,
        detail: 'Not today.',
        retry: 'tomorrow',
      });
    throw new TypeError('secret of +41445551234');
  }

  @EventPattern<string>('Greeted')
  async onGreeted(@Payload() data: Greeting, @Ctx() context: MessageContext): Promise<void> {
    behaviour.attempts += 1;
    if (behaviour.fails) throw behaviour.fails;
    const event = { type: 'GreetingSeen', data: { name: data.name } };
    await handle(
      { store: this.store, clock: { now: () => 0, at: () => () => undefined } },
      { stream: `greeting-${data.name}`, aggregate: greeted, cause: context.cause, decide: () => [event] },
    );
    behaviour.handled.push(data);
  }
}

@Module({ controllers: [GreetingsController] })
class GreetingsModule {}

export const greetings: ServiceDefinition = {
  name: 'greetings',
  title: 'Greetings',
  module: GreetingsModule,
  consumes: ['greetings.in'],
  categories: ['greeting'],
  publishes: ({ type, stream, data }) => [
    { topic: 'greetings.out', key: stream, type, data: data as object },
  ],
  routes: [/^\/v1\/greetings\b/],
};

export const greetingTopics = ['greetings.in', 'greetings.out'];

/** A message as an integrator would publish it. */
export const aGreeting = (id: string, data: Json, more: Readonly<Record<string, string>> = {}) => ({
  topic: 'greetings.in',
  key: id,
  value: Buffer.from(JSON.stringify(data)),
  headers: { ce_specversion: '1.0', ce_id: id, ce_source: '/tests', ce_type: 'Greeted', ...more },
});
