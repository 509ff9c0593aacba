import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMongo, createStores } from '../../src/adapters/mongo/index.ts';
import { buildCache } from '../../src/local/stack/programs/go-build.ts';
import { locateMongo, mongoUri } from '../../src/local/stack/servers/mongodb.ts';
import {
  apiService,
  mongoService,
  sandboxService,
  temporalService,
  workerService,
} from '../../src/local/stack/servers/services.ts';
import type { Service } from '../../src/local/stack/servers/supervisor.ts';
import { locateTemporal } from '../../src/local/stack/servers/temporal.ts';
import type { Ports } from '../../src/local/stack/state/addresses.ts';
import { freePort } from '../../src/local/stack/state/ports.ts';
import { prepare, type StateDirectory, stateDirectory } from '../../src/local/stack/state/state-directory.ts';
import { systemClock } from '../../src/runtime/clock-and-ids.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { Processes } from './processes.ts';

type Settings = Record<string, string>;

export interface ClusterOptions {
  /** One API for each entry, with settings of its own; one without when left out. */
  apis?: readonly Settings[];
  workers?: readonly Settings[];
  /** Of every API and worker. */
  settings?: Settings;
  /** Of the development server, as `name=value`. */
  dynamicConfig?: readonly string[];
  /** In its place: what serves Temporal on this port. One of them is called `temporal`. */
  temporal?: (port: number, state: StateDirectory) => Promise<readonly Service[]>;
  /** What an operator does once the servers are up and before the roles start. */
  setUp?: (settings: Settings) => Promise<void>;
}

/** A whole service of its own: `temporal`, `mongodb`, `sandbox`, `api-0` …, `worker-0` …, each a process. */
export interface Cluster extends Pick<Processes, 'start' | 'kill' | 'freeze' | 'thaw' | 'stop' | 'pid'> {
  /** One address for each API. */
  urls: string[];
  sandboxUrl: string;
  temporalAddress: string;
  /** Its files. */
  state: StateDirectory;
  /** The environment of the roles, and of an operator's commands. */
  settings: Settings;
  /** The names of a role's processes; all processes when left out. */
  names(role?: string): string[];
  /** A secret key of a project of its own. */
  createKey(): Promise<NewKey>;
  close(): Promise<void>;
}

export type NewKey = Awaited<ReturnType<typeof createKey>>;

const BASE_SETTINGS = {
  NODE_ENV: 'test',
  DEFAULT_PROVIDER: 'openai',
  RATE_LIMIT_PER_MINUTE: '1000000',
  SHUTDOWN_GRACE_MS: '10000',
};

/** Brings the whole service up on free ports, with empty data in a directory that goes with it. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const state = stateDirectory(await mkdtemp(join(tmpdir(), 'ask-cluster-')));
  await prepare(state);
  const plan = await planned(options, state);
  const processes = new Processes([...plan.servers, ...plan.roles]);
  const servers = plan.servers.map(({ name }) => name);
  const roles = plan.roles.map(({ name }) => name);
  const close = async () => {
    await processes.stop(...roles);
    await processes.stop(...servers);
    await rm(state.root, { recursive: true, force: true });
  };
  try {
    await processes.start(...servers);
    await options.setUp?.(plan.settings);
    await processes.start(...roles);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    start: (...which) => processes.start(...which),
    kill: (...which) => processes.kill(...which),
    freeze: (...which) => processes.freeze(...which),
    thaw: (...which) => processes.thaw(...which),
    stop: (...which) => processes.stop(...which),
    pid: (which) => processes.pid(which),
    urls: plan.urls,
    sandboxUrl: plan.sandboxUrl,
    temporalAddress: plan.temporalAddress,
    state,
    settings: plan.settings,
    names: (role = '') => [...servers, ...roles].filter((name) => name.startsWith(role)),
    createKey: () => createKey(plan.settings.MONGODB_URI),
    close,
  };
}

async function planned(options: ClusterOptions, state: StateDirectory) {
  const { PATH, XDG_CACHE_HOME } = loadConfig();
  const config = loadConfig({ PATH, SQLITE_SYNCHRONOUS: 'NORMAL', ...BASE_SETTINGS, ...options.settings });
  const cache = await buildCache(XDG_CACHE_HOME);
  const ports = await freePorts();
  const mongo = await locateMongo(state.mongodb, PATH, cache, say);
  const mongodbUri = mongoUri(mongo.engine, ports.mongodb, 'ask');
  const temporalAddress = `127.0.0.1:${ports.temporal}`;
  const sandboxUrl = `http://127.0.0.1:${ports.sandbox}`;
  const addresses = { MONGODB_URI: mongodbUri, TEMPORAL_ADDRESS: temporalAddress, SANDBOX_URL: sandboxUrl };
  const settings = { ...BASE_SETTINGS, ...addresses, ...options.settings };

  const developmentServer = async () => {
    const server = await temporalService(config, state, ports, await locateTemporal(PATH, cache, say));
    const dynamicConfig = (options.dynamicConfig ?? []).flatMap((value) => ['--dynamic-config-value', value]);
    return [{ ...server, args: [...server.args, ...dynamicConfig] }];
  };
  const temporal = await (options.temporal?.(ports.temporal, state) ?? developmentServer());
  const apis = await Promise.all(
    (options.apis ?? [{}]).map(async (own, i) => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const service = await apiService(
        config,
        state,
        { ...settings, ...own, PORT: String(port) },
        url,
        () => undefined,
      );
      return { url, service: { ...service, name: `api-${i}` } };
    }),
  );
  const workers = await Promise.all(
    (options.workers ?? [{}]).map(async (own, i) => ({
      ...(await workerService(config, state, { ...settings, ...own })),
      name: `worker-${i}`,
    })),
  );
  const servers: Service[] = [
    ...temporal,
    await mongoService(config, state, ports, mongo),
    await sandboxService(state, ports),
  ];
  const roles: Service[] = [...apis.map(({ service }) => service), ...workers];
  return { servers, roles, urls: apis.map(({ url }) => url), sandboxUrl, temporalAddress, settings };
}

async function freePorts(): Promise<Ports> {
  return {
    api: 0,
    temporal: await freePort(),
    temporalUi: await freePort(),
    temporalMetrics: await freePort(),
    mongodb: await freePort(),
    sandbox: await freePort(),
  };
}

async function createKey(mongodbUri: string) {
  const mongo = await connectMongo(mongodbUri, { appName: 'test' });
  try {
    const stores = createStores(mongo, { clock: systemClock });
    const { id: projectId } = await stores.projects.create('test');
    const fields = { projectId, mode: 'test', endUserId: null, scopes: null, createdBy: null } as const;
    const { key, secret } = await stores.keys.create(fields);
    return { secret, keyId: key.id, projectId };
  } finally {
    await mongo.close();
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
