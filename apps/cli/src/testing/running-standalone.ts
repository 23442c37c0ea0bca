import { type OwnStandalone, startStandalone } from '../demo/standalone.js';

/** A standalone with the sample centre, as commands and tests find it. */
export class RunningStandalone {
  private constructor(private readonly own: OwnStandalone) {}

  /** Resolves when it is ready. */
  static async start(): Promise<RunningStandalone> {
    return new RunningStandalone(await startStandalone());
  }

  get url(): string {
    return this.own.url;
  }

  get directory(): string {
    return this.own.directory;
  }

  /** What a command needs to find it. */
  get environment(): Record<string, string> {
    return { HANDOVER_URLS: this.url, HANDOVER_DATA: this.directory };
  }

  async call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  stop(): Promise<void> {
    return this.own.stop();
  }
}
