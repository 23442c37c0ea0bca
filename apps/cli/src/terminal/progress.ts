import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something is. */
export interface Progress {
  /** @param share 0 to 1 @param words what is told beside the bar */
  show(share: number, words: string): void;
  end(): void;
}

const silent: Progress = { show: () => undefined, end: () => undefined };

/** A bar on standard error if that is a terminal, and nothing elsewhere. */
export function progressBar(): Progress {
  if (!process.stderr.isTTY) return silent;
  const bar = new SingleBar(
    { format: '{bar} {percentage} %  {words}', stopOnComplete: false, clearOnComplete: false },
    Presets.shades_classic,
  );
  bar.start(100, 0, { words: '' });
  return {
    show: (share, words) => bar.update(Math.floor(share * 100), { words }),
    end: () => bar.stop(),
  };
}
