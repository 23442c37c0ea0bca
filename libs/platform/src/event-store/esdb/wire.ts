import {
  type AllStreamRecordedEvent,
  jsonEvent,
  type Position as LogPosition,
  type RecordedEvent,
} from '@eventstore/db-client';
import { type IncomingEvent } from '../incoming.js';
import { isStreamName } from '../incoming.js';
import { type EventMetadata, type Position, type StoredEvent } from '../port.js';

/** Twenty digits each hold any unsigned 64-bit number, so that positions compare as text. */
export const positionOf = ({ commit, prepare }: LogPosition): Position =>
  `${String(commit).padStart(20, '0')}/${String(prepare).padStart(20, '0')}`;

export function logPosition(position: Position): LogPosition {
  const [commit = '0', prepare = '0'] = position.split('/');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** Metadata under the names that EventStoreDB's own projections and tools know. */
type WireMetadata = Omit<EventMetadata, 'correlationId' | 'causationId'> & {
  readonly $correlationId: string;
  readonly $causationId: string;
};

export function toWire({ id, type, data, metadata }: IncomingEvent) {
  const { correlationId, causationId, ...rest }: EventMetadata = JSON.parse(metadata);
  const wire: WireMetadata = { $correlationId: correlationId, $causationId: causationId, ...rest };
  return jsonEvent({ id, type, data: JSON.parse(data), metadata: { ...wire } });
}

/** The event as the port gives it; undefined for what is not ours: system events, links, registers, binary data. */
export function fromWire(event: RecordedEvent | AllStreamRecordedEvent | undefined): StoredEvent | undefined {
  if (!event?.isJson || !event.position || !isStreamName(event.streamId)) return undefined;
  const { $correlationId, $causationId, ...rest } = (event.metadata ?? {}) as WireMetadata;
  return {
    id: event.id,
    type: event.type,
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(event.position),
    data: event.data as StoredEvent['data'],
    metadata: { correlationId: $correlationId, causationId: $causationId, ...rest },
  };
}
