import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, type ServiceError, type status } from '@grpc/grpc-js';
import { type Appended, type Expected, type Rec } from './log.js';

const { AppendResp, ReadResp } = streams;

const identifier = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name));

function recorded(record: Rec) {
  const event = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifier(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  event.getMetadataMap().set('type', record.type).set('content-type', record.contentType).set('created', '0');
  return event;
}

/** An event; for a link that was resolved, both. */
export const eventMessage = (record: Rec, resolved?: Rec) => {
  const event = new ReadResp.ReadEvent().setCommitPosition(String(record.position));
  if (resolved) event.setLink(recorded(record));
  return new ReadResp().setEvent(event.setEvent(recorded(resolved ?? record)));
};

export const confirmation = (id: string) =>
  new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const checkpoint = (position: bigint) =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const caughtUp = () => new ReadResp().setCaughtUp(new ReadResp.CaughtUp());

export const streamNotFound = (name: string) =>
  new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifier(name)));

export function appendResponse(appended: Appended, expected: Expected) {
  if (appended.result === 'stored') {
    const { revision, position } = appended.last;
    const place = new AppendResp.Position()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position));
    return new AppendResp().setSuccess(
      new AppendResp.Success().setCurrentRevision(String(revision)).setPosition(place),
    );
  }
  const wrong = new AppendResp.WrongExpectedVersion();
  if (appended.current === 'none') wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(appended.current));
  if (expected === 'none') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected !== 'any') wrong.setExpectedRevision(String(expected));
  return new AppendResp().setWrongExpectedVersion(wrong);
}

/** A fault as the server reports it: its kind is named in the trailing metadata. */
export function fault(
  code: status,
  exception: string,
  details: Record<string, string> = {},
): Partial<ServiceError> {
  const metadata = new Metadata();
  metadata.set('exception', exception);
  for (const [name, value] of Object.entries(details)) metadata.set(name, value);
  return { code, details: exception, metadata };
}
