import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCache } from '../../src/local/stack/programs/go-build.ts';
import { type Child, startChild } from '../../src/local/stack/servers/child.ts';
import {
  type Engine,
  locateMongo,
  mongoArguments,
  mongoDirectory,
  mongoUri,
  probeMongo,
} from '../../src/local/stack/servers/mongodb.ts';
import { poll } from '../../src/local/stack/servers/poll.ts';
import { locateTemporal, probeTemporal, temporalArguments } from '../../src/local/stack/servers/temporal.ts';
import { freePort } from '../../src/local/stack/state/ports.ts';
import { type Config, childEnvironment, loadConfig } from '../../src/runtime/config.ts';
import { MONGO_ENVIRONMENT, TEMPORAL_ENVIRONMENT } from '../../src/runtime/tuning.ts';

const READY_WITHIN_MS = 60_000;
const NAMESPACE = 'default';

export interface TestServer {
  /** What a client connects to. */
  address: string;
  /** Its data and logs. */
  directory: string;
  stop(): Promise<void>;
}

export interface Durability {
  /** What a test wrote need not outlive a power loss: `NORMAL` when left out. */
  synchronous?: Config['SQLITE_SYNCHRONOUS'];
}

interface TemporalSetup extends Durability {
  dynamicConfig?: readonly string[];
}

/** Another process may take a port between its choice and its use. */
const STARTS = 3;

/** A Temporal dev server with the service's search attributes, on a free port and an empty database. */
export async function startTestTemporal(setup: TemporalSetup = {}): Promise<TestServer> {
  for (let start = 1; start < STARTS; start++) {
    const server = await tryTemporal(setup).catch((error) => say(String(error)));
    if (server) return server;
  }
  return tryTemporal(setup);
}

/** @throws when it ends before it is ready, or does not become ready */
async function tryTemporal({ dynamicConfig = [], synchronous = 'NORMAL' }: TemporalSetup): Promise<TestServer> {
  const { PATH, directory, cache } = await place();
  const executable = await locateTemporal(PATH, cache, say);
  const [port, uiPort, metricsPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const database = join(directory, 'temporal.db');
  const options = { port, uiPort, metricsPort, namespace: NAMESPACE, database, synchronous };
  const extra = dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]);
  const args = [...temporalArguments(options), ...extra];
  const child = await start('temporal', executable, args, directory, TEMPORAL_ENVIRONMENT);
  const address = `127.0.0.1:${port}`;
  const gone = new AbortController();
  void child.exited.then(() => gone.abort());
  const patience = AbortSignal.any([gone.signal, AbortSignal.timeout(READY_WITHIN_MS)]);
  await poll(() => probeTemporal(address, NAMESPACE), patience);
  return { address, directory, stop: () => end(child, directory) };
}

/**
 * A MongoDB, or what stands for it, on a free port and without data.
 * @param setup.maxPages FerretDB takes no more than so many pages of 4 KiB, as on a full disk
 */
export async function startTestMongo({
  synchronous = 'NORMAL',
  maxPages,
}: Durability & { maxPages?: number } = {}): Promise<TestServer & { engine: Engine }> {
  const { PATH, directory, cache } = await place();
  const { engine, executable } = await locateMongo(directory, PATH, cache, say);
  const port = await freePort();
  const data = mongoDirectory(directory, engine);
  await mkdir(data);
  const limit = maxPages !== undefined && engine === 'ferretdb' ? ['-max-pages', `${maxPages}`] : [];
  const args = [...mongoArguments(engine, { port, directory: data, synchronous }), ...limit];
  const child = await start('mongodb', executable, args, directory, MONGO_ENVIRONMENT);
  const address = mongoUri(engine, port);
  await poll(() => probeMongo(address), AbortSignal.timeout(READY_WITHIN_MS));
  return { address, directory, engine, stop: () => end(child, directory) };
}

async function place() {
  const { PATH, XDG_CACHE_HOME } = loadConfig({ PATH: process.env.PATH, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME });
  return { PATH, directory: await mkdtemp(join(tmpdir(), 'ask-test-')), cache: await buildCache(XDG_CACHE_HOME) };
}

function start(name: string, command: string, args: string[], directory: string, env = {}): Promise<Child> {
  const logFile = join(directory, `${name}.log`);
  return startChild({ name, command, args, env: childEnvironment(env), logFile, graceMs: 5_000, ipc: false });
}

async function end(child: Child, directory: string): Promise<void> {
  await child.stop();
  await rm(directory, { recursive: true, force: true });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
