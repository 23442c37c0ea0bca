import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type Bus, type BusConsumer, type ReceivedMessage } from '../bus/port.js';
import { fromBusMessage } from '../cloud-events/from-bus-message.js';
import { contextOf } from './context-of.js';
import { type ServiceDefinition } from './service.js';

/** The consumer group of a service. */
export const groupOf = (service: string): string => `handover-${service}`;

/**
 * Nest's way to a message handler, over our bus: a message goes to every `@EventPattern('<ce_type>')` of its type; types
 * without a handler are skipped. The message is done when its handlers are; what they throw goes to the bus, which
 * decides between retry and dead letter.
 */
export class BusStrategy extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private consumer: BusConsumer | undefined;
  private isReady = false;

  constructor(
    private readonly bus: Bus,
    private readonly service: Pick<ServiceDefinition, 'name' | 'consumes' | 'handling'>,
  ) {
    super();
  }

  /** Begins to receive; does not wait for the broker. */
  listen(callback: () => void): void {
    const { name, consumes, handling } = this.service;
    if (consumes.length > 0) {
      this.consumer = this.bus.subscribe({
        ...handling,
        group: groupOf(name),
        topics: consumes,
        handler: (message) => this.receive(message),
      });
      this.consumer.ready.then(
        () => (this.isReady = true),
        () => undefined, // never ready: `state` says so
      );
    }
    callback();
  }

  /** For readiness: nothing to consume counts as receiving. `interrupted`: it was receiving, and will again by itself. */
  state(): 'receiving' | 'connecting' | 'interrupted' {
    if (!this.consumer) return this.service.consumes.length === 0 ? 'receiving' : 'connecting';
    if (!this.isReady) return 'connecting';
    return this.consumer.healthy() ? 'receiving' : 'interrupted';
  }

  async close(): Promise<void> {
    await this.consumer?.stop();
    this.consumer = undefined;
  }

  on(): never {
    throw new Error('The bus has no events of its own to listen to.');
  }

  unwrap<Inner>(): Inner {
    return this.bus as Inner;
  }

  private async receive(message: ReceivedMessage): Promise<void> {
    const said = message.headers['ce_type'];
    if (said !== undefined && !this.messageHandlers.has(said)) return; // not ours: no need to read it
    const event = fromBusMessage(message);
    const answer: unknown = await this.messageHandlers.get(event.type)?.(
      event.data,
      contextOf(event, message),
    );
    if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
  }
}
