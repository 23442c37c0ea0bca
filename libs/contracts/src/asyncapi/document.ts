import { commands, events, records, type MessageDefinition } from '../messages.js';
import { topicDefinitions, topics, type Topic } from '../topics.js';
import { contractSchemas, reachable, schemaOf, withoutPersonal, type JsonSchema } from './schemas.js';

/** Topics that integrators write to; the other commands are between the services. */
const openToIntegrators: readonly Topic[] = [
  topics.conversationCommands,
  topics.handoverCommands,
  topics.capacityCommands,
  topics.surveyCommands,
];

/** CloudEvents 1.0 in Kafka binary mode: what every message has as headers. */
const cloudEventHeaders = {
  type: 'object',
  required: ['ce_id', 'ce_type', 'ce_source', 'ce_specversion', 'content-type'],
  properties: {
    ce_id: { type: 'string', description: 'The same id again is the same message.' },
    ce_type: { type: 'string' },
    ce_source: { type: 'string', description: 'Who says it, as /handover/intake.' },
    ce_specversion: { type: 'string', enum: ['1.0'] },
    ce_time: { type: 'string', format: 'date-time' },
    ce_subject: { type: 'string', description: 'The handover, agent or pool it is about.' },
    ce_correlationid: { type: 'string' },
    ce_causationid: { type: 'string' },
    ce_partitionkey: { type: 'string' },
    ce_sequence: { type: 'string', description: 'Revision in the stream it was stored in.' },
    ce_recordedtime: { type: 'string', format: 'date-time' },
    ce_traceparent: { type: 'string' },
    'content-type': { type: 'string', enum: ['application/json'] },
  },
};

const definitions: readonly MessageDefinition[] = [...commands, ...events, ...records];
const isPublished = (topic: Topic, message: MessageDefinition): boolean => message.topic === topic;
const component = (type: string): string => type.replaceAll('.', '_');

function payload(message: MessageDefinition, schemas: Record<string, JsonSchema>): JsonSchema {
  const schema = schemaOf(message.data, schemas);
  return events.includes(message) ? withoutPersonal(schema) : schema;
}

function channel(topic: (typeof topicDefinitions)[number]): object {
  return {
    address: topic.name,
    description: `${topic.purpose} Key: ${topic.key}.`,
    messages: Object.fromEntries(
      definitions
        .filter((message) => isPublished(topic.name, message))
        .map(({ type }) => [component(type), { $ref: `#/components/messages/${component(type)}` }]),
    ),
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: topic.compacted
          ? { 'cleanup.policy': ['compact'] }
          : { 'cleanup.policy': ['delete'], 'retention.ms': topic.retentionMs },
        bindingVersion: '0.5.0',
      },
    },
  };
}

const operation = (topic: (typeof topicDefinitions)[number]): object => ({
  action: openToIntegrators.includes(topic.name) ? 'receive' : 'send',
  channel: { $ref: `#/channels/${topic.name.replaceAll('.', '_')}` },
  summary: topic.purpose,
});

/** The AsyncAPI 3.0 document of everything on the topics, made from the contract classes. Deterministic. */
export function asyncApiDocument(): object {
  const schemas = contractSchemas();
  const published = definitions.filter((message) => message.topic);
  const payloads = published.map((message) => payload(message, schemas));
  const byTopic = <Value>(
    value: (topic: (typeof topicDefinitions)[number]) => Value,
  ): Record<string, Value> =>
    Object.fromEntries(topicDefinitions.map((topic) => [topic.name.replaceAll('.', '_'), value(topic)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Handover',
      version: '1.0.0',
      description:
        'From a voicebot\'s "I could not resolve that" to a kept appointment with a briefed human.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: byTopic(channel),
    operations: byTopic(operation),
    components: {
      messages: Object.fromEntries(
        published.map((message, index) => [
          component(message.type),
          {
            name: message.type,
            title: `${message.type} v${message.version}`,
            headers: cloudEventHeaders,
            payload: payloads[index],
          },
        ]),
      ),
      schemas: reachable(schemas, payloads),
    },
  };
}
