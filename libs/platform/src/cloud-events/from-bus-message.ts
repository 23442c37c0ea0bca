import { MessageFault } from '../bus/faults.js';
import { type BusMessage } from '../bus/port.js';
import { deepestJson, isDeeperThan } from '../json/depth.js';
import { type CloudEvent } from './cloud-event.js';

/** RFC 3339 with an offset or `Z`. */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Reads a message as a CloudEvent, in binary or structured mode, whatever attributes it has besides.
 * @throws MessageFault that names what is missing or wrong, without quoting it
 */
export function fromBusMessage(message: Pick<BusMessage, 'value' | 'headers'>): CloudEvent {
  const { value, headers } = message;
  const mediaType = mediaTypeOf(headers['content-type'] ?? inAnyCase(headers, 'content-type'));
  if (!mediaType.startsWith('application/cloudevents')) return binary(headers, mediaType, value);
  if (mediaType !== 'application/cloudevents+json')
    throw new MessageFault('Of the structured forms only application/cloudevents+json is read; no batches.');
  if (value === null) throw new MessageFault('A structured CloudEvent needs a value.');
  return structured(parsed(value));
}

function binary(headers: BusMessage['headers'], mediaType: string, value: Buffer | null): CloudEvent {
  const attributes = noAttributes();
  for (const name in headers) {
    const attribute = attributeOf(name);
    if (attribute !== undefined) put(attributes, attribute, headers[name] ?? '');
  }
  return cloudEvent(attributes, 'ce_', value && dataOf(value, mediaType));
}

function structured(envelope: unknown): CloudEvent {
  if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope))
    throw new MessageFault('A structured CloudEvent is a JSON object.');
  const { data, data_base64: base64, datacontenttype, ...rest } = envelope as Record<string, unknown>;
  const attributes = noAttributes();
  for (const [name, value] of Object.entries(rest)) {
    if (value === null) continue;
    if (typeof value === 'object') throw new MessageFault(`The attribute "${name}" is not a simple value.`);
    put(attributes, name, String(value));
  }
  const mediaType = mediaTypeOf(typeof datacontenttype === 'string' ? datacontenttype : undefined);
  const content =
    typeof base64 === 'string' ? dataOf(Buffer.from(base64, 'base64'), mediaType) : (data ?? null);
  return cloudEvent(attributes, '', content);
}

/** The attributes that CloudEvents itself defines, and all others. */
interface Attributes {
  readonly named: Record<(typeof names)[number], string | undefined>;
  readonly extensions: Record<string, string>;
}

const names = ['specversion', 'id', 'source', 'type', 'time', 'subject', 'dataschema'] as const;
const required = ['specversion', 'id', 'source', 'type'] as const;
const isNamed = (name: string): name is (typeof names)[number] => names.some((known) => known === name);

const noAttributes = (): Attributes => ({
  named: {
    specversion: undefined,
    id: undefined,
    source: undefined,
    type: undefined,
    time: undefined,
    subject: undefined,
    dataschema: undefined,
  },
  extensions: {},
});

function put({ named, extensions }: Attributes, name: string, text: string): void {
  if (isNamed(name)) named[name] = text;
  else extensions[name] = text;
}

/** @param prefix how the sender spells attribute names, for the faults */
function cloudEvent({ named, extensions }: Attributes, prefix: string, data: unknown): CloudEvent {
  const { specversion, id, source, type, time, subject, dataschema } = named;
  if (!specversion || !id || !source || !type) {
    const missing = required.filter((name) => !named[name]).map((name) => prefix + name);
    throw new MessageFault(`Not a CloudEvent: ${missing.join(', ')} missing.`);
  }
  if (specversion !== '1.0') throw new MessageFault(`${prefix}specversion is not 1.0.`);
  if (time !== undefined && !timestamp.test(time))
    throw new MessageFault(`${prefix}time is not an RFC 3339 time.`);
  return { id, source, type, time, subject, dataschema, extensions, data };
}

/** Header names repeat with every message; this saves their parsing. Bounded, because senders choose names. */
const attributesByHeader = new Map<string, string | undefined>();
const headersAtMost = 200;

/** The attribute that a header carries: `time` of `ce_time`; undefined if the header is no part of the event. */
function attributeOf(header: string): string | undefined {
  const known = attributesByHeader.get(header);
  if (known !== undefined || attributesByHeader.has(header)) return known;
  const attribute = /^ce_/i.test(header) ? header.slice(3).toLowerCase() : undefined;
  if (attributesByHeader.size < headersAtMost) attributesByHeader.set(header, attribute);
  return attribute;
}

/** Header names as everyone spells them; their case is not ours to insist on. */
const inAnyCase = (headers: BusMessage['headers'], wanted: string): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];

const mediaTypeOf = (contentType: string | undefined): string =>
  (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** JSON by its media type; without one it is assumed. */
function dataOf(value: Buffer, mediaType: string): unknown {
  if (mediaType !== '' && mediaType !== 'application/json' && !mediaType.endsWith('+json'))
    throw new MessageFault('The content type is not JSON.');
  return parsed(value);
}

function parsed(value: Buffer): unknown {
  if (isDeeperThan(value, deepestJson)) throw new MessageFault(`The value nests deeper than ${deepestJson}.`);
  try {
    return JSON.parse(value.toString('utf8'));
  } catch {
    throw new MessageFault('The value is not JSON.');
  }
}
