import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerWritableStream } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { type DoubleLog, type Rec } from './log.js';
import { caughtUp, checkpoint, confirmation, eventMessage, streamNotFound } from './messages.js';

type Call = ServerWritableStream<streams.ReadReq, streams.ReadResp>;
type Options = streams.ReadReq.Options;

/** After so many records that a filter left out, the server tells how far it has searched. */
const checkpointEvery = 32;

/** The Read method: a stream or the log, once or as a subscription to the log. */
export async function read(log: DoubleLog, call: Call): Promise<void> {
  const options = call.request.getOptions();
  if (!options) throw new Error('A read without options: the client never sends one.');
  if (options.hasSubscription()) return subscribe(log, options, call);
  log.mostRead = Math.max(log.mostRead, Number(options.getCount()));
  const name = options.getStream()?.getStreamIdentifier()?.getStreamName();
  const records = name === undefined ? fromAll(log, options) : fromStream(log, options, text(name));
  if (records) await sendAll(log, options, records, call);
  else call.write(streamNotFound(text(name ?? '')));
  call.end();
}

const text = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('utf8');

const isBackwards = (options: Options): boolean => options.getReadDirection() === 1;

function fromStream(log: DoubleLog, options: Options, name: string): readonly Rec[] | undefined {
  const records = log.stream(name);
  const from = options.getStream();
  const revision = from?.hasRevision() ? BigInt(from.getRevision()) : undefined;
  if (!isBackwards(options)) return records?.filter((record) => record.revision >= (revision ?? 0n));
  return records?.filter((record) => revision === undefined || record.revision <= revision).toReversed();
}

/** Forwards the record at the position is included, backwards it is not. */
function fromAll(log: DoubleLog, options: Options): readonly Rec[] {
  const at = options.getAll()?.getPosition();
  const position = at && BigInt(at.getCommitPosition());
  if (!isBackwards(options)) return log.records.filter((record) => record.position >= (position ?? 0n));
  return log.records.filter((record) => position === undefined || record.position < position).toReversed();
}

async function sendAll(log: DoubleLog, options: Options, records: readonly Rec[], call: Call): Promise<void> {
  for (const record of records.slice(0, Number(options.getCount()))) {
    const resolved = options.getResolveLinks() ? log.resolve(record) : undefined;
    await send(call, eventMessage(record, resolved));
  }
}

async function send(call: Call, message: streams.ReadResp): Promise<void> {
  if (!call.write(message) && !call.cancelled) await oneOf(call, 'drain', 'cancelled');
}

function oneOf(call: Call, ...names: string[]): Promise<void> {
  return new Promise((resume) => {
    const heard = (): void => {
      for (const name of names) call.off(name, heard);
      resume();
    };
    for (const name of names) call.on(name, heard);
  });
}

function filterOf(options: Options): (record: Rec) => boolean {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (!filter || !expression) return () => true;
  const subject = (record: Rec): string => (filter.hasStreamIdentifier() ? record.stream : record.type);
  const regex = expression.getRegex();
  if (regex) return (record) => new RegExp(regex).test(subject(record));
  return (record) => expression.getPrefixList().some((prefix) => subject(record).startsWith(prefix));
}

/** History, then what is appended, until the client hangs up. */
async function subscribe(log: DoubleLog, options: Options, call: Call): Promise<void> {
  const all = options.getAll();
  const start = all?.getPosition();
  let after = start ? BigInt(start.getCommitPosition()) : -1n;
  let next = 0;
  const wanted = filterOf(options);
  const ignore = log.onGrowth(() => call.emit('growth'));
  call.once('cancelled', ignore);
  await send(call, confirmation(randomUUID()));

  while (!call.cancelled) {
    let skipped = 0;
    for (; next < log.records.length && !call.cancelled; next += 1) {
      const record = log.records[next];
      if (!record || record.position <= after) continue;
      after = record.position;
      skipped = wanted(record) ? 0 : skipped + 1;
      if (wanted(record)) await send(call, eventMessage(record));
      else if (skipped % checkpointEvery === 0) await send(call, checkpoint(after));
    }
    if (skipped > 0) await send(call, checkpoint(after));
    await send(call, caughtUp());
    if (next === log.records.length && !call.cancelled) await oneOf(call, 'growth', 'cancelled');
  }
}
