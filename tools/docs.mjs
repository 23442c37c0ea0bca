// Writes the documents that are made from code: npm run docs
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { contractDescriptions, descriptionsFile } from './dist/doc-comments.js';

writeFileSync(descriptionsFile, `${JSON.stringify(contractDescriptions(), null, 2)}\n`);
// Read only now: the contracts are described by what was just written.
const { asyncApiDocument, commands, events, records, topicDefinitions } = await import('@handover/contracts');

const directory = resolve(import.meta.dirname, '../docs/events');
mkdirSync(directory, { recursive: true });
writeFileSync(resolve(directory, 'asyncapi.json'), `${JSON.stringify(asyncApiDocument(), null, 2)}\n`);

const { messages } = asyncApiDocument().components;
const fields = ({ properties = {}, required = [] }) =>
  Object.keys(properties)
    .map((name) => (required.includes(name) ? `**${name}**` : name))
    .join(', ');
const section = (topic) => {
  const carried = [...commands, ...events, ...records].filter((message) => message.topic === topic.name);
  const keep = topic.compacted ? 'compacted' : `kept ${topic.retentionMs / 86_400_000} days`;
  return [
    `### \`${topic.name}\``,
    '',
    `${topic.purpose} Key: ${topic.key}; ${topic.partitions} partitions; ${keep}.`,
    '',
    '| `ce_type` | fields (required in bold) |',
    '| --- | --- |',
    ...carried.map(({ type }) => `| \`${type}\` | ${fields(messages[type.replaceAll('.', '_')].payload)} |`),
  ].join('\n');
};
writeFileSync(
  resolve(directory, 'topics.md'),
  `<!-- Made from libs/contracts by npm run docs. -->\n\n# Topics and messages\n\n${topicDefinitions.map(section).join('\n\n')}\n`,
);

// For those who create topics with their own tools; `handover topics apply` does it from the same definitions.
const kafka = resolve(import.meta.dirname, '../deploy/kafka');
mkdirSync(kafka, { recursive: true });
const config = ({ compacted, retentionMs }) =>
  compacted
    ? { 'cleanup.policy': 'compact' }
    : { 'cleanup.policy': 'delete', ...(retentionMs && { 'retention.ms': String(retentionMs) }) };
const topics = topicDefinitions.map((topic) => ({
  name: topic.name,
  key: topic.key,
  partitions: topic.partitions,
  config: config(topic),
  purpose: topic.purpose,
}));
writeFileSync(resolve(kafka, 'topics.json'), `${JSON.stringify(topics, null, 2)}\n`);
