import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Projection } from './port.js';
import { removeFile } from './view-file.js';

interface Choice {
  /** Name of the file that is read. */
  readonly live: string;
  /** The one that was read before, kept for going back. */
  readonly previous?: string;
}

/**
 * Which of a view's files is the live one: `orders.v1.db`, after replays `orders.v1.2.db` and so on. The choice stands in
 * `orders.v1.live.json`, which is replaced in one step: a crash leaves the old choice or the new one.
 */
export class ViewFiles {
  private choice: Choice;
  private readonly stem: string;

  constructor(
    private readonly directory: string,
    { name, version }: Pick<Projection, 'name' | 'version'>,
  ) {
    this.stem = `${name}.v${version}`;
    this.choice = this.read() ?? { live: `${this.stem}.db` };
  }

  get live(): string {
    return join(this.directory, this.choice.live);
  }

  get previous(): string | undefined {
    return this.choice.previous && join(this.directory, this.choice.previous);
  }

  /** A path for a new file. What an interrupted replay left behind is removed. */
  fresh(): string {
    this.sweep();
    const { live, previous } = this.choice;
    const taken = Math.max(...[live, previous ?? live].map((name) => this.numberOf(name)));
    return join(this.directory, `${this.stem}.${taken + 1}.db`);
  }

  /** Makes another file the live one. @param keep whether the present one is kept for going back */
  choose(path: string, keep: boolean): void {
    const { live } = this.choice;
    this.write({ live: basename(path), ...(keep && { previous: live }) });
  }

  /** Forgets the file kept for going back. */
  dropPrevious(): void {
    const { live, previous } = this.choice;
    if (previous) this.write({ live });
    this.sweep();
  }

  /** Removes what is neither live nor kept. */
  sweep(): void {
    const { live, previous } = this.choice;
    for (const name of readdirSync(this.directory))
      if (this.numberOf(name) > 0 && name !== live && name !== previous)
        removeFile(join(this.directory, name));
  }

  private read(): Choice | undefined {
    try {
      return JSON.parse(readFileSync(this.choiceFile, 'utf8')) as Choice;
    } catch {
      return undefined; // never replayed; or unreadable, and then a view is folded anew
    }
  }

  private write(choice: Choice): void {
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(`${this.choiceFile}.new`, JSON.stringify(choice), { flush: true });
    renameSync(`${this.choiceFile}.new`, this.choiceFile);
    this.choice = choice;
  }

  private get choiceFile(): string {
    return join(this.directory, `${this.stem}.live.json`);
  }

  /** 1 for the first file, n for `….n.db`, 0 for what is none of ours. */
  private numberOf(name: string): number {
    if (!name.startsWith(`${this.stem}.`) || !name.endsWith('.db')) return 0;
    const number = name.slice(this.stem.length, -'.db'.length);
    return number === '' ? 1 : /^\.\d+$/.test(number) ? Number(number.slice(1)) : 0;
  }
}
