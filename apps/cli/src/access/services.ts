import { type ProcessStatus, type ProjectionAction, type ProjectionReport } from '@handover/platform/access';
import { Refused, WrongUsage } from '../faults.js';

const defaultUrl = 'http://127.0.0.1:3000';
const answerWithinMs = 10_000;

/** Adds one `--url` to those given before. */
export const collect = (url: string, before: readonly string[] = []): readonly string[] => [...before, url];

export const urlHelp = `a running service; may be given several times (default: HANDOVER_URLS, separated by commas, else ${defaultUrl})`;

/** Where the services are: as given, else as the environment says. @throws WrongUsage if one is no URL */
export function urlsOf(given: readonly string[] | undefined): readonly string[] {
  const fromEnvironment = (process.env['HANDOVER_URLS'] ?? '').split(/[\s,]+/).filter(Boolean);
  const urls = given ?? (fromEnvironment.length > 0 ? fromEnvironment : [defaultUrl]);
  return urls.map((url) => {
    if (!/^https?:\/\/./.test(url) || !URL.canParse(url))
      throw new WrongUsage(`"${url}" is no address of a service: give http://host:port.`);
    return url.replace(/\/+$/, '');
  });
}

interface Problem {
  readonly detail?: string;
}

/** One running process, by its HTTP address. */
export class RunningProcess {
  constructor(readonly url: string) {}

  status(): Promise<ProcessStatus> {
    return this.ask('GET', '/operations/status');
  }

  projections(): Promise<readonly ProjectionReport[]> {
    return this.ask('GET', '/operations/projections');
  }

  async projection(name: string): Promise<ProjectionReport | undefined> {
    return (await this.projections()).find((projection) => projection.name === name);
  }

  act(name: string, action: ProjectionAction, by: string): Promise<ProjectionReport> {
    return this.ask('POST', `/operations/projections/${encodeURIComponent(name)}/${action}`, { by });
  }

  /** @throws Refused if nobody answers, or the answer is a refusal */
  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await this.send(method, path, body);
    if (!answer.ok) {
      const problem = (await answer.json().catch(() => ({}))) as Problem;
      throw new Refused(`${this.url}${path}: ${answer.status} ${problem.detail ?? answer.statusText}`);
    }
    return (await answer.json()) as Answer;
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    try {
      return await fetch(`${this.url}${path}`, {
        method,
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        signal: AbortSignal.timeout(answerWithinMs),
      });
    } catch (fault) {
      throw new Refused(`${this.url} does not answer (${reasonOf(fault)}). Name the services with --url.`);
    }
  }
}

const reasonOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return 'unknown';
  const { cause } = fault;
  if (!(cause instanceof Error)) return fault.message;
  return 'code' in cause ? String(cause.code) : cause.message;
};
