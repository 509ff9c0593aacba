import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { connectMongo, createStores } from '../../src/adapters/mongo/index.ts';
import type { Mode, Scope } from '../../src/domain/access/tenant.ts';
import type { ProjectId } from '../../src/domain/shared/ids.ts';
import { endUserId } from '../../src/http/kernel/schemas/id-schemas.ts';
import { freePort } from '../../src/local/stack/state/ports.ts';
import { systemClock } from '../../src/runtime/clock-and-ids.ts';
import { type Client, clientOf } from './client.ts';
import { type Role, startRole } from './process.ts';
import { testState } from './state.ts';

export interface KeyOptions {
  projectId?: ProjectId;
  mode?: Mode;
  endUserId?: string;
  scopes?: Scope[];
}

type Settings = Record<string, string>;

export interface Service {
  url: string;
  /** The environment of its processes. */
  settings: Record<string, string>;
  /** Where the sandbox takes orders for faults. */
  sandboxUrl: string;
  /** A client with a fresh key; without a project, of a project of its own. */
  client(options?: KeyOptions): Promise<Client>;
  revoke(client: Client): Promise<void>;
  /** SIGKILL, without a chance to say good-bye. */
  killWorker(): Promise<void>;
  startWorker(): Promise<void>;
  /** Stops the worker in its tracks and starts another in its place. @returns the frozen one, which may go on beside the other. */
  freezeWorker(): Promise<Pick<Role, 'thaw' | 'stop'>>;
  /** What the API wrote to its log. */
  apiLog(): string;
  /** What the API and the worker wrote. */
  logs(): string;
  stop(): Promise<void>;
}

/**
 * The service as in production: the API, a worker and the sandbox as processes, over a database and a task queue of
 * their own on the MongoDB and Temporal of this test run.
 * @param options.settings a function where they depend on the sandbox's address.
 * @param options.worker false for tests in which nothing is asked or indexed.
 */
export async function startService(
  options: { worker?: boolean; settings?: Settings | ((sandboxUrl: string) => Settings | Promise<Settings>) } = {},
): Promise<Service> {
  const { worker = true, settings = {} } = options;
  const directory = await mkdtemp(join(tmpdir(), 'ask-http-'));
  const sandbox = await startRole('src/local/sandbox-models/main.ts', { SANDBOX_DIR: directory });
  const { url: sandboxUrl } = z.object({ url: z.string() }).parse(sandbox.ready);
  const env = {
    ...(await environment(sandboxUrl)),
    ...(typeof settings === 'function' ? await settings(sandboxUrl) : settings),
  };
  const roles = await startAll(worker ? ['src/roles/api.ts', 'src/roles/worker.ts'] : ['src/roles/api.ts'], env).catch(
    async (error) => {
      await sandbox.stop();
      throw error;
    },
  );
  const mongo = await connectMongo(env.MONGODB_URI, { appName: 'test' });
  const stores = createStores(mongo, { clock: systemClock });
  const url = `http://127.0.0.1:${env.PORT}`;
  return {
    url,
    settings: env,
    sandboxUrl,
    client: async (key = {}) => {
      const projectId = key.projectId ?? (await stores.projects.create(`test ${randomUUID()}`)).id;
      const { key: made, secret } = await stores.keys.create({
        projectId,
        mode: key.mode ?? 'test',
        endUserId: key.endUserId === undefined ? null : endUserId.parse(key.endUserId),
        scopes: key.scopes ?? null,
        createdBy: null,
      });
      return clientOf(url, { secret, keyId: made.id, projectId });
    },
    killWorker: async () => roles[1]?.stop('SIGKILL'),
    startWorker: async () => {
      roles[1] = await startRole('src/roles/worker.ts', env);
    },
    freezeWorker: async () => {
      const frozen = roles[1];
      if (frozen === undefined) throw new RangeError('the service has no worker');
      frozen.freeze();
      roles.push(frozen);
      roles[1] = await startRole('src/roles/worker.ts', env);
      return frozen;
    },
    revoke: async ({ keyId }) => void (await stores.keys.revoke(keyId)),
    apiLog: () => roles[0]?.output() ?? '',
    logs: () => roles.map((role) => role.output()).join(''),
    stop: async () => {
      await mongo.dropDatabase();
      await mongo.close();
      await stopAll([...roles, sandbox]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function environment(sandboxUrl: string) {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const { TEST_MONGODB_URI = '', TEST_TEMPORAL_ADDRESS = '' } = process.env;
  return {
    NODE_ENV: 'test',
    PORT: String(await freePort()),
    ASK_STATE_DIR: testState.root,
    NODE_COMPILE_CACHE: testState.codeCache,
    MONGODB_URI: `${TEST_MONGODB_URI.replace(/\/+$/, '')}/${name}`,
    TEMPORAL_ADDRESS: TEST_TEMPORAL_ADDRESS,
    TEMPORAL_TASK_QUEUE: name,
    SANDBOX_URL: sandboxUrl,
    RATE_LIMIT_PER_MINUTE: '100000',
    // A test that expects a failure must not wait for five attempts.
    LLM_MAX_ATTEMPTS: '2',
    SHUTDOWN_GRACE_MS: '2000',
  };
}

/** Starts all or none: what is left running would keep the test run alive. */
async function startAll(files: readonly string[], env: Record<string, string>): Promise<Role[]> {
  const results = await Promise.allSettled(files.map((file) => startRole(file, env)));
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure === undefined) return started;
  await stopAll(started);
  throw failure.reason;
}

async function stopAll(roles: readonly Role[]): Promise<void> {
  await Promise.all(roles.map((role) => role.stop()));
}
