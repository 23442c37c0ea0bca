import { discardLetters, type ParkedKey } from '@handover/platform/access';
import { withBus } from '../access/open-bus.js';
import { settings } from '../access/settings.js';
import { WrongUsage } from '../faults.js';
import { queueOf } from './queues.js';
import { printChosen, selected, type Selecting } from './selection.js';

interface Options extends Selecting {
  /** Last offset in the queue that is given up. */
  readonly through?: number;
}

/** Gives parked messages up. */
export const discard = (name: string, { through, ...options }: Options): Promise<void> =>
  withBus(settings(), async (bus) => {
    const queue = await queueOf(bus, name);
    const chosen = (await selected(bus, queue, options)).map((parked) => upTo(parked, through));
    if (through !== undefined && chosen.length > 1)
      throw new WrongUsage('--through is an offset of one partition: give it with one --key.');
    if (options.dryRun || chosen.length === 0) return printChosen(chosen, 'Would discard');
    const { by, why } = options;
    const keys = chosen.map(({ partition, key }) => ({
      partition,
      key,
      ...(through !== undefined && { through }),
    }));
    await discardLetters(bus, queue, keys, { by, why });
    printChosen(chosen, 'Discarded');
  });

const upTo = (parked: ParkedKey, through = Infinity): ParkedKey => ({
  ...parked,
  letters: new Map([...parked.letters].filter(([, { offset }]) => offset <= through)),
});
