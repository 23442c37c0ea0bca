import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';

const image = 'kurrentplatform/kurrentdb:25.0';
const port = 2113;

/** A real server, and how to be rid of it. */
export interface RealEsdb {
  readonly url: string;
  stop(): Promise<void>;
}

/** The server named by `EVENTSTOREDB_URL`, else one in a container, else undefined: there is neither. */
export async function findRealEsdb(): Promise<RealEsdb | undefined> {
  const url = process.env.EVENTSTOREDB_URL;
  if (url) return { url, stop: async () => undefined };
  const engine = await getContainerRuntimeClient().catch(() => undefined);
  if (!engine) return undefined;
  const container = await new GenericContainer(image)
    .withEnvironment({
      KURRENTDB_INSECURE: 'true',
      KURRENTDB_RUN_PROJECTIONS: 'All',
      KURRENTDB_START_STANDARD_PROJECTIONS: 'true',
    })
    .withExposedPorts(port)
    .withWaitStrategy(Wait.forHttp('/health/live', port).forStatusCode(204))
    .start();
  return {
    url: `esdb://${container.getHost()}:${container.getMappedPort(port)}?tls=false`,
    stop: async () => void (await container.stop()),
  };
}
