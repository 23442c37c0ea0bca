import { type Logger } from 'pino';
import { pause, defaultBackOff, delayMs } from '../consuming/back-off.js';
import { type Parking, type ParkingPlace, nameOf } from '../consuming/settle.js';
import { type Bus, type LoggedMessage } from '../port.js';
import { deadLetter, deadLetterTopic } from './headers.js';

/** The dead letters of one consumer. */
export class DeadLetters implements ParkingPlace {
  constructor(
    private readonly bus: Bus,
    private readonly group: string,
    private readonly log: Logger,
  ) {}

  holds(_message: LoggedMessage): boolean {
    return false;
  }

  async park(message: LoggedMessage, why: Parking, signal: AbortSignal): Promise<void> {
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        await this.ensureTopic(message.topic);
        await this.bus.publish([deadLetter(message, this.group, why)]);
        return;
      } catch (error) {
        this.log.error(
          { topic: message.topic, error: nameOf(error) },
          'cannot write a dead letter, retrying',
        );
        await pause(delayMs(tries, defaultBackOff), signal);
      }
    }
  }

  private async ensureTopic(source: string): Promise<void> {
    const { length: partitions } = await this.bus.offsets(source);
    await this.bus.applyTopics([{ name: deadLetterTopic(source, this.group), partitions }]);
  }
}
