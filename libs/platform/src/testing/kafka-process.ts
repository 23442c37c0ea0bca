import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { mendIdleRequestQueues } from '../bus/kafka/idle-request-queue.js';
import { freePort } from './free-port.js';

const run = promisify(execFile);
const startWithinMs = 180_000;
const askAgainMs = 150;

/**
 * The broker's process dies with ours, however ours dies: then this shell reads the end of its input.
 * It prints the broker's process id first.
 */
const guard = '"$@" >&2 & echo $!; cat > /dev/null; kill -9 $!';

const properties = (directory: string, port: number, controllerPort: number): string => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
log.dirs=${join(directory, 'log')}
offsets.topic.num.partitions=3
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
broker.heartbeat.interval.ms=250
broker.session.timeout.ms=3000
auto.create.topics.enable=false
`;

/** Kafka's smallest id of a cluster: 16 bytes in base64url. */
const clusterId = (): string => randomBytes(16).toString('base64url').replace(/^-/, 'A');

/** A real Kafka broker (KRaft, one node) as a child process, with its data in a temporary directory. */
export class KafkaProcess {
  private shell: ChildProcess | undefined;
  private processId = 0;
  private clusterId = '';

  private constructor(
    private readonly jars: string,
    private readonly directory: string,
    readonly port: number,
  ) {}

  static async create(jars: string): Promise<KafkaProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'handover-kafka-'));
    const port = await freePort();
    writeFileSync(join(directory, 'server.properties'), properties(directory, port, await freePort()));
    const broker = new KafkaProcess(jars, directory, port);
    await broker.format(clusterId());
    await broker.start();
    return broker;
  }

  /** Starts it, on the same port and data as before. */
  async start(): Promise<void> {
    const output = join(this.directory, 'output.log');
    const log = openSync(output, 'a');
    const java = [
      'java',
      '-Xmx512m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      join(this.jars, '*'),
    ];
    const shell = spawn(
      'sh',
      ['-c', guard, 'sh', ...java, 'kafka.Kafka', join(this.directory, 'server.properties')],
      { stdio: ['pipe', 'pipe', log] },
    );
    closeSync(log);
    this.shell = shell;
    this.processId = await new Promise<number>((resolve, reject) => {
      shell.once('error', reject);
      shell.stdout?.once('data', (line: Buffer) => resolve(Number(String(line).split('\n', 1)[0])));
    });
    await this.answers(output);
  }

  /** Of the broker that runs now. */
  get pid(): number {
    return this.processId;
  }

  /** Of the cluster that its disk was formatted for. */
  get id(): string {
    return this.clusterId;
  }

  /** kill -9, as the machine would. */
  async kill(): Promise<void> {
    const { shell } = this;
    if (!shell) return;
    this.shell = undefined;
    process.kill(this.processId, 'SIGKILL');
    shell.stdin?.end();
    await new Promise((resolve) => shell.once('close', resolve));
  }

  /**
   * kill -9, and its disk is lost: when it starts again it is a new cluster, with nothing in it.
   * @param id given to the new cluster; default: a fresh one. Some set-ups always give the same
   */
  async loseDisk(id = clusterId()): Promise<void> {
    await this.kill();
    rmSync(join(this.directory, 'log'), { recursive: true, force: true });
    await this.format(id);
  }

  /** Stops it for good and removes its data. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async format(id: string): Promise<void> {
    this.clusterId = id;
    const config = join(this.directory, 'server.properties');
    const format = ['kafka.tools.StorageTool', 'format', '-t', id, '-c', config];
    await run('java', ['-cp', join(this.jars, '*'), '-XX:TieredStopAtLevel=1', ...format]);
  }

  private async answers(output: string): Promise<void> {
    mendIdleRequestQueues();
    const brokers = [`127.0.0.1:${this.port}`];
    const kafka = new Kafka({
      brokers,
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
      connectionTimeout: 1_000,
      requestTimeout: 2_000,
    });
    const end = Date.now() + startWithinMs;
    const answers = async (): Promise<boolean> => {
      const admin = kafka.admin();
      return admin
        .connect()
        .then(() => admin.describeCluster())
        .then(({ brokers: alive }) => alive.length > 0)
        .catch(() => false)
        .finally(() => admin.disconnect());
    };
    while (!(await answers())) {
      if (Date.now() > end || this.shell?.exitCode !== null)
        throw new Error(`The Kafka broker did not start:\n${readFileSync(output, 'utf8').slice(-2_000)}`);
      await pause(askAgainMs);
    }
  }
}
