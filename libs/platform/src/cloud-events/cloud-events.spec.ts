import { CloudEvent as SdkEvent, Kafka, type KafkaMessage } from 'cloudevents';
import fc from 'fast-check';
import { MessageFault } from '../bus/faults.js';
import { type CloudEvent } from './cloud-event.js';
import { fromBusMessage } from './from-bus-message.js';
import { toBusMessage } from './to-bus-message.js';

const anEvent = (parts: Partial<CloudEvent> = {}): CloudEvent => ({
  id: '4f1c',
  source: '/handover/intake',
  type: 'HandoverRequested',
  time: '2026-11-23T10:15:00.000Z',
  subject: 'handover-1',
  extensions: { correlationid: 'handover-1', sequence: '3' },
  data: { pool: 'billing', note: 'Größe' },
  ...parts,
});

const address = { topic: 'handover.handovers.events.v1', key: 'handover-1' };
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

describe('CloudEvents in binary mode', () => {
  it('puts attributes into ce_ headers, data into the value and the key into partitionkey', () => {
    const message = toBusMessage(anEvent(), address);
    expect(message).toMatchObject(address);
    expect(message.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: '4f1c',
      ce_source: '/handover/intake',
      ce_type: 'HandoverRequested',
      ce_time: '2026-11-23T10:15:00.000Z',
      ce_subject: 'handover-1',
      ce_correlationid: 'handover-1',
      ce_sequence: '3',
      ce_partitionkey: 'handover-1',
      'content-type': 'application/json',
    });
    expect(JSON.parse(String(message.value))).toEqual({ pool: 'billing', note: 'Größe' });
  });

  it('reads back what it wrote', () => {
    const events = fc.record({
      id: text,
      source: text,
      type: text,
      time: optional(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((d) => d.toISOString()),
      ),
      subject: optional(text),
      dataschema: optional(fc.webUrl()),
      extensions: fc.dictionary(fc.constantFrom('correlationid', 'causationid', 'traceparent'), text),
      data: fc.option(
        fc.jsonValue().filter((json) => json !== null && !Object.is(json, -0)),
        { nil: null },
      ),
    });
    fc.assert(
      fc.property(events, text, (event, key) => {
        const again = fromBusMessage(toBusMessage(event, { topic: 't', key }));
        const { extensions, ...attributes } = event;
        const known = Object.fromEntries(
          Object.entries(attributes).filter(([, value]) => value !== undefined),
        );
        expect(again).toEqual({
          ...known,
          extensions: { ...extensions, partitionkey: key },
          data: event.data === null ? null : JSON.parse(JSON.stringify(event.data)),
        });
      }),
    );
  });

  it('is read by the CloudEvents SDK', () => {
    const { key, headers, value } = toBusMessage(anEvent(), address);
    const record: KafkaMessage<string> = { key, headers, value: String(value), body: String(value) };
    const read = Kafka.toEvent(record);
    expect(read).toMatchObject({
      id: '4f1c',
      source: '/handover/intake',
      type: 'HandoverRequested',
      subject: 'handover-1',
      specversion: '1.0',
      partitionkey: 'handover-1',
      correlationid: 'handover-1',
    });
  });

  it('writes a tombstone as a null value', () => {
    const message = toBusMessage(anEvent({ data: null }), address);
    expect(message.value).toBeNull();
    expect(fromBusMessage(message).data).toBeNull();
  });
});

describe('CloudEvents of others', () => {
  const fromSdk = new SdkEvent({
    id: '7',
    source: '/acd',
    type: 'agent.set-state',
    time: '2026-11-23T10:15:00Z',
    datacontenttype: 'application/json',
    data: { agent: 'a1' },
    partitionkey: 'a1',
    region: 'eu',
  });
  const expected = { id: '7', source: '/acd', type: 'agent.set-state', data: { agent: 'a1' } };

  it('are read as the SDK writes them in binary mode, unknown extensions included', () => {
    const { headers } = Kafka.binary(fromSdk) as { headers: Record<string, string> };
    const event = fromBusMessage({ headers, value: Buffer.from(JSON.stringify(fromSdk.data)) });
    expect(event).toMatchObject({ ...expected, extensions: { partitionkey: 'a1', region: 'eu' } });
  });

  it.each(['application/cloudevents+json; charset=utf-8', 'Application/CloudEvents+JSON'])(
    'are read as the SDK writes them in structured mode (%s)',
    (contentType) => {
      const { value } = Kafka.structured(fromSdk) as { value: string };
      const event = fromBusMessage({ headers: { 'Content-Type': contentType }, value: Buffer.from(value) });
      expect(event).toMatchObject({ ...expected, extensions: { partitionkey: 'a1', region: 'eu' } });
    },
  );

  it('may carry their data in base64 and their extensions as numbers', () => {
    const envelope = {
      specversion: '1.0',
      id: '1',
      source: 's',
      type: 't',
      sequence: 4,
      data_base64: Buffer.from('{"a":1}').toString('base64'),
    };
    const event = fromBusMessage(structured(envelope));
    expect(event).toMatchObject({ extensions: { sequence: '4' }, data: { a: 1 } });
  });

  const structured = (envelope: unknown) => ({
    headers: { 'content-type': 'application/cloudevents+json' },
    value: Buffer.from(JSON.stringify(envelope)),
  });
  const { headers } = toBusMessage(anEvent(), address);
  const value = Buffer.from('{}');

  it.each([
    ['no CloudEvent', { headers: {}, value }, 'ce_specversion, ce_id, ce_source, ce_type missing'],
    ['no id', { headers: { ...headers, ce_id: '' }, value }, 'ce_id missing'],
    [
      'another version',
      { headers: { ...headers, ce_specversion: '0.3' }, value },
      'ce_specversion is not 1.0',
    ],
    ['a wrong time', { headers: { ...headers, ce_time: 'noon' }, value }, 'ce_time is not an RFC 3339 time'],
    ['no JSON', { headers, value: Buffer.from('{') }, 'not JSON'],
    [
      'other content',
      { headers: { ...headers, 'content-type': 'text/plain' }, value },
      'content type is not JSON',
    ],
    ['a deep value', { headers, value: Buffer.from('['.repeat(500) + ']'.repeat(500)) }, 'nests deeper'],
    ['a batch', { headers: { 'content-type': 'application/cloudevents-batch+json' }, value }, 'no batches'],
    ['an empty structure', { ...structured({}), value: null }, 'needs a value'],
    ['a structure that is a list', structured([]), 'JSON object'],
    [
      'a structure without a type',
      structured({ specversion: '1.0', id: '1', source: 's' }),
      ': type missing',
    ],
    ['a nested attribute', structured({ specversion: '1.0', id: '1', source: 's', type: 't', x: {} }), '"x"'],
  ])('with a fault (%s) are refused by name', (_, message, reason) => {
    expect(() => fromBusMessage(message)).toThrow(MessageFault);
    expect(() => fromBusMessage(message)).toThrow(reason);
  });
});
