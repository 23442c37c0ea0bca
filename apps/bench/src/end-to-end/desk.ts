import { Agent, type IncomingMessage, get } from 'node:http';
import { type System } from '@handover/app-e2e';

interface Told {
  readonly callbackId: string;
  readonly phase?: string;
}

/**
 * The desktop of an agent who loses no time: acknowledges a briefing as it comes, and closes the callback as the caller
 * is connected. It hears of both by the server's events, as a desktop does, and asks for nothing. The answer closes it.
 */
export function openDesk(system: System, agentId: string): () => void {
  const connection = new Agent();
  const say = (callbackId: string, what: string, body: object): void =>
    void system.call('POST', `/v1/callbacks/${callbackId}/${what}`, { body: { agentId, ...body } }).catch(
      () => undefined, // the callback then is not through, and counts so
    );
  const hear = (type: string, { callbackId, phase }: Told): void => {
    if (type === 'briefing') say(callbackId, 'acknowledgement', {});
    if (type === 'progress' && phase === 'connected')
      say(callbackId, 'disposition', { disposition: 'resolved', reAsked: false });
  };
  const url = system.urlOf(`/v1/agents/${agentId}/briefings`);
  const request = get(url, { agent: connection, headers: { accept: 'text/event-stream' } }, (response) =>
    listen(response, hear),
  );
  request.on('error', () => undefined);
  return () => {
    request.destroy();
    connection.destroy();
  };
}

/** Takes a stream of server-sent events apart. */
function listen(response: IncomingMessage, hear: (type: string, data: Told) => void): void {
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('data')) hear(field('event'), JSON.parse(field('data')) as Told);
    }
  });
  response.on('error', () => undefined);
}
