import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import projectionsService from '@eventstore/db-client/generated/projections_grpc_pb.js';
import projections from '@eventstore/db-client/generated/projections_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import { DoubleLog, type Expected, maxAppendBytes, type Proposed, sizeOnDisk } from './log.js';
import { appendResponse, fault } from './messages.js';
import { read } from './read.js';

export interface EsdbDouble {
  /** `esdb://127.0.0.1:<port>?tls=false` */
  readonly url: string;
  /** The most events that one read has asked for. */
  mostRead(): number;
  /** Drops every connection and stops listening; the log stays. */
  vanish(): Promise<void>;
  /** Listens again on the same port. */
  comeBack(): Promise<void>;
}

/**
 * A test double of EventStoreDB's gRPC services: Streams (Append and Read, not BatchAppend, Delete, Tombstone),
 * ServerFeatures, and the state of one projection. It speaks the real protocol and keeps the real rules of revisions,
 * repeats, positions, links and `$maxCount`, as read in the server's documentation and source. It is NOT a database, and
 * passing on it is no proof for a real server: the same suite runs on one if `EVENTSTOREDB_URL` is set.
 */
export async function startEsdbDouble({ projections = true } = {}): Promise<EsdbDouble> {
  const log = new DoubleLog(projections);
  let server = serve(log);
  const port = await listen(server, 0);
  return {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    mostRead: () => log.mostRead,
    vanish: async () => server.forceShutdown(),
    comeBack: async () => {
      server = serve(log);
      await listen(server, port);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (failure, bound) =>
      failure ? reject(failure) : resolve(bound),
    );
  });
}

function serve(log: DoubleLog): Server {
  const server = new Server();
  server.addService(streamsService.StreamsService, {
    append: (call: AppendCall, answer: sendUnaryData<streams.AppendResp>) => void append(log, call, answer),
    read: (call: ServerWritableStream<streams.ReadReq, streams.ReadResp>) => {
      read(log, call).catch((failure: unknown) =>
        call.destroy(failure instanceof Error ? failure : undefined),
      );
    },
  });
  server.addService(featuresService.ServerFeaturesService, { getSupportedMethods });
  server.addService(projectionsService.ProjectionsService, {
    statistics: (call: StatisticsCall) => statistics(log, call),
  });
  return server;
}

type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;
type StatisticsCall = ServerWritableStream<projections.StatisticsReq, projections.StatisticsResp>;

async function append(
  log: DoubleLog,
  call: AppendCall,
  answer: sendUnaryData<streams.AppendResp>,
): Promise<void> {
  let stream = '';
  let expected: Expected = 'any';
  const events: Proposed[] = [];
  const requests: AsyncIterable<streams.AppendReq> = call;
  for await (const request of requests) {
    const options = request.getOptions();
    const event = request.getProposedMessage();
    if (options) {
      stream = Buffer.from(options.getStreamIdentifier()?.getStreamName() ?? '').toString('utf8');
      if (options.hasRevision()) expected = BigInt(options.getRevision());
      else if (options.hasNoStream()) expected = 'none';
    }
    if (event) {
      events.push({
        id: event.getId()?.getString() ?? '',
        type: event.getMetadataMap().get('type') ?? '',
        contentType: event.getMetadataMap().get('content-type') ?? '',
        data: event.getData_asU8(),
        metadata: event.getCustomMetadata_asU8(),
      });
    }
  }
  if (events.reduce((sum, event) => sum + sizeOnDisk(event), 0) > maxAppendBytes) {
    const limit = { 'maximum-append-size': String(maxAppendBytes) };
    answer(fault(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', limit));
    return;
  }
  answer(null, appendResponse(log.append(stream, events, expected), expected));
}

/** Claims BatchAppend, as real servers do: a client that took that path would fail here, and we would know. */
function getSupportedMethods(
  _: ServerUnaryCall<unknown, unknown>,
  answer: sendUnaryData<features.SupportedMethods>,
) {
  const method = (name: string) =>
    new features.SupportedMethod().setMethodName(name).setServiceName('event_store.client.streams.streams');
  const methods = ['append', 'batchappend', 'read'].map(method);
  answer(null, new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion('24.10.0'));
}

function statistics(log: DoubleLog, call: StatisticsCall): void {
  const details = new projections.StatisticsResp.Details()
    .setName(call.request.getOptions()?.getName() ?? '')
    .setStatus(log.projections ? 'Running' : 'Stopped');
  call.write(new projections.StatisticsResp().setDetails(details));
  call.end();
}
