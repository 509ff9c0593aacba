import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, childEnvironment, withoutModelKeys } from '../../../runtime/config.ts';
import { HEAP_FLAGS, MALLOC_ENVIRONMENT, MONGO_ENVIRONMENT, TEMPORAL_ENVIRONMENT } from '../../../runtime/tuning.ts';
import type { Ports } from '../state/addresses.ts';
import { logFile } from '../state/log-files.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { checkDatabase } from './check-database.ts';
import type { Child } from './child.ts';
import { type MongoServer, mongoArguments, mongoDirectory, mongoUri, probeMongo } from './mongodb.ts';
import { poll } from './poll.ts';
import type { Service } from './supervisor.ts';
import { probeTemporal, temporalArguments } from './temporal.ts';
import { describeUnready } from './unready-parts.ts';

const SERVER_GRACE_MS = 10_000;
/** Longer than the roles' own grace, so that a role decides itself when to give up. */
const ROLE_EXTRA_GRACE_MS = 10_000;
const READY_WITHIN_MS = 60_000;

const RESTORE = 'Restore it from a backup, or move it away to begin with an empty database.';
const FORGET =
  'Move it away, and what was in flight is forgotten: no recording, session or answer is lost with it. ' +
  'A question that had no answer yet is asked again.';

/** All services in the order in which they stop. None loses a server that it still uses. */
export const STOP_ORDER = [['api'], ['worker'], ['sandbox'], ['temporal', 'mongodb']] as const;

export async function temporalService(
  config: Config,
  state: StateDirectory,
  ports: Ports,
  executable: string,
): Promise<Service> {
  await checkDatabase(state.temporalDatabase, FORGET);
  const namespace = config.TEMPORAL_NAMESPACE;
  const args = temporalArguments({
    port: ports.temporal,
    uiPort: ports.temporalUi,
    metricsPort: ports.temporalMetrics,
    namespace,
    database: state.temporalDatabase,
    synchronous: config.SQLITE_SYNCHRONOUS,
  });
  return {
    ...(await server('temporal', executable, args, TEMPORAL_ENVIRONMENT, state)),
    ready: (_child, signal) => poll(() => probeTemporal(`127.0.0.1:${ports.temporal}`, namespace), signal),
  };
}

export async function mongoService(
  config: Config,
  state: StateDirectory,
  ports: Ports,
  found: MongoServer,
): Promise<Service> {
  const directory = mongoDirectory(state.mongodb, found.engine);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sqlite'));
  for (const file of files) await checkDatabase(join(directory, file), RESTORE);
  const uri = mongoUri(found.engine, ports.mongodb);
  const args = mongoArguments(found.engine, {
    port: ports.mongodb,
    directory,
    synchronous: config.SQLITE_SYNCHRONOUS,
  });
  return {
    ...(await server('mongodb', found.executable, args, MONGO_ENVIRONMENT, state)),
    ready: (_child, signal) => poll(() => probeMongo(uri), signal),
  };
}

export async function sandboxService(state: StateDirectory, ports: Ports): Promise<Service> {
  const settings = { SANDBOX_PORT: String(ports.sandbox), SANDBOX_DIR: state.sandbox };
  return {
    ...withoutKeys(await role('sandbox', 'local/sandbox-models/main.ts', settings, SERVER_GRACE_MS, state)),
    ready: (_child, signal) => poll(() => answersOk(`http://127.0.0.1:${ports.sandbox}/healthz`), signal),
  };
}

/** The child says over its channel when it is ready. */
export async function workerService(
  config: Config,
  state: StateDirectory,
  settings: Record<string, string>,
): Promise<Service> {
  return {
    ...(await role('worker', 'roles/worker.ts', settings, config.SHUTDOWN_GRACE_MS + ROLE_EXTRA_GRACE_MS, state)),
    ready: (child, signal) => firstMessage(child, signal),
  };
}

export async function apiService(
  config: Config,
  state: StateDirectory,
  settings: Record<string, string>,
  url: string,
  say: (line: string) => void,
): Promise<Service> {
  return {
    ...withoutKeys(await role('api', 'roles/api.ts', settings, config.SHUTDOWN_GRACE_MS + ROLE_EXTRA_GRACE_MS, state)),
    ready: (_child, signal) => poll(() => assertReady(url, say), signal),
  };
}

function withoutKeys<T extends { env: NodeJS.ProcessEnv }>(program: T): T {
  return { ...program, env: withoutModelKeys(program.env) };
}

async function server(
  name: string,
  command: string,
  args: string[],
  settings: Record<string, string>,
  state: StateDirectory,
) {
  return {
    ...{ name, command, args, env: withoutModelKeys(childEnvironment(settings)), logFile: logFile(state, name) },
    ...{ graceMs: SERVER_GRACE_MS, readyWithinMs: READY_WITHIN_MS, ipc: false },
  };
}

/** A Node process of this service; `file` is relative to `src`. */
export async function role(
  name: string,
  file: string,
  settings: Record<string, string>,
  graceMs: number,
  state: StateDirectory,
) {
  const args = [...HEAP_FLAGS, fileURLToPath(new URL(`../../../${file}`, import.meta.url))];
  // Compiled code is kept between starts, because a start spends most of its time loading libraries.
  const cache = { ASK_STATE_DIR: state.root, NODE_COMPILE_CACHE: state.codeCache };
  const env = childEnvironment({ ...MALLOC_ENVIRONMENT, ...settings, ...cache });
  return {
    ...{ name, command: process.execPath, args, env, logFile: logFile(state, name) },
    ...{ graceMs, readyWithinMs: READY_WITHIN_MS, ipc: true },
  };
}

/** @throws unless the API is ready; says what it waits for */
async function assertReady(url: string, say: (line: string) => void): Promise<void> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
  const said: unknown = await response.json();
  if (response.ok) return;
  const waiting = describeUnready(said);
  say(`waiting: ${waiting}`);
  throw new Error(waiting);
}

/** @throws unless the URL answers 200. */
export async function answersOk(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
}

function firstMessage(child: Child, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    child.onMessage(() => resolve());
    once(signal, 'abort').then(() => reject(new Error('said nothing')), reject);
  });
}
