import { spawnSync } from 'node:child_process';
import { topicDefinitions } from '@handover/contracts';
import { CloudEvent } from 'cloudevents';

/** A message as `kcat -J` shows it: headers as name, value, name, value, … */
interface Shown {
  readonly key: string | null;
  readonly payload: string | null;
  readonly headers?: readonly string[];
}

/** What kcat, a client that we did not write, reads on a topic from its begin to its end. */
function readByKcat(brokers: string, topic: string): Shown[] {
  const run = spawnSync('kcat', ['-b', brokers, '-t', topic, '-C', '-e', '-q', '-J'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.error) throw new Error(`kcat does not run (Debian package kcat): ${run.error.message}`);
  return run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Shown);
}

function headersOf({ headers = [] }: Shown): Record<string, string> {
  const named: Record<string, string> = {};
  for (let index = 0; index + 1 < headers.length; index += 2)
    named[String(headers[index])] = String(headers[index + 1]);
  return named;
}

/** Builds the event with the official SDK, which validates it against CloudEvents 1.0. @throws ValidationError */
function validated(message: Shown): CloudEvent<unknown> {
  const headers = headersOf(message);
  const attributes = Object.entries(headers)
    .filter(([name]) => name.startsWith('ce_'))
    .map(([name, value]) => [name.slice(3), value] as const);
  return new CloudEvent({
    ...Object.fromEntries(attributes),
    datacontenttype: headers['content-type'],
    data: message.payload === null ? undefined : (JSON.parse(message.payload) as object),
  });
}

/** After the journeys: what integrators see on the topics, through another client's eyes. */
export function describeTopics(brokers: () => string): void {
  describe('the topics, read by kcat', () => {
    const published = topicDefinitions.filter(({ name }) => /\.(events|state)\./.test(name));

    it.each(published.filter(({ name }) => !name.includes('conversations')).map(({ name }) => name))(
      '%s carries valid CloudEvents 1.0, keyed',
      (topic) => {
        const messages = readByKcat(brokers(), topic);
        expect(messages.length).toBeGreaterThan(0);
        for (const message of messages) {
          const event = validated(message);
          expect(event.validate()).toBe(true);
          expect(event).toMatchObject({ specversion: '1.0', partitionkey: message.key });
        }
      },
    );

    it.each(published.map(({ name }) => name))('%s carries nothing personal', (topic) => {
      const shown = JSON.stringify(readByKcat(brokers(), topic));
      expect(shown).not.toMatch(/Robin Doe|Charged twice|\+41445/);
    });
  });
}
