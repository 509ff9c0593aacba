import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { poll } from '../../../src/local/stack/servers/poll.ts';
import type { Service } from '../../../src/local/stack/servers/supervisor.ts';
import { logFile } from '../../../src/local/stack/state/log-files.ts';
import { freePort } from '../../../src/local/stack/state/ports.ts';
import type { StateDirectory } from '../../../src/local/stack/state/state-directory.ts';
import { childEnvironment } from '../../../src/runtime/config.ts';
import { RUNS_AS } from './locate-postgresql.ts';

/** The role that owns everything in the server; it needs no password on the loopback interface. */
export const POSTGRES_USER = 'temporal';

/** In the order of a backup: a list of runs may name one that is gone, and must not lack one that is there. */
const DATABASES = ['temporal', 'temporal_visibility'];

export interface PostgreSql {
  port: number;
  service: Service;
  /** Runs one of PostgreSQL's own programs on the server and resolves to what it printed. @throws when it fails. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  /** Makes the server empty again. It must not run. */
  wipe(): Promise<void>;
  /** Dumps both databases of Temporal, as the runbook does. */
  backUp(): Promise<void>;
  /** Brings the dumped databases back into an empty server. */
  restore(): Promise<void>;
}

/** An empty PostgreSQL on a free port of the loopback interface, with its data under `state`. */
export async function preparePostgreSql(bin: string, state: StateDirectory): Promise<PostgreSql> {
  const home = join(state.root, 'postgresql');
  const data = join(home, 'data');
  const port = await freePort();
  const run = (program: string, args: readonly string[]) => finished(join(bin, program), args);
  const create = () => run('initdb', ['-D', data, '-U', POSTGRES_USER, '-A', 'trust', '-E', 'UTF8', '--no-locale']);
  const client = (program: string, ...args: readonly string[]) =>
    run(program, ['-h', '127.0.0.1', '-p', `${port}`, '-U', POSTGRES_USER, ...args]);
  const dumpOf = (database: string) => join(home, `${database}.dump`);
  await mkdir(home);
  if (RUNS_AS !== undefined) {
    await chmod(state.root, 0o711);
    await chown(home, RUNS_AS.uid, RUNS_AS.gid);
  }
  await create();
  return {
    port,
    service: {
      name: 'postgresql',
      command: join(bin, 'postgres'),
      args: ['-D', data, '-p', `${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      env: childEnvironment({}),
      logFile: logFile(state, 'postgresql'),
      graceMs: 10_000,
      readyWithinMs: 60_000,
      ipc: false,
      ...(RUNS_AS === undefined ? {} : { user: RUNS_AS }),
      ready: (child, signal) => poll(() => acceptsConnections(data, child.pid), signal),
    },
    run: client,
    async wipe() {
      await rm(data, { recursive: true });
      await create();
    },
    async backUp() {
      for (const name of DATABASES) await client('pg_dump', '--format=custom', `--file=${dumpOf(name)}`, name);
    },
    async restore() {
      for (const name of DATABASES) await client('pg_restore', '--create', '--dbname=postgres', dumpOf(name));
    },
  };
}

/** As `pg_ctl` looks: the server says in its lock file how far it is. */
async function acceptsConnections(data: string, pid: number): Promise<void> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n').map((line) => line.trim());
  if (lines[0] !== String(pid) || lines[7] !== 'ready') throw new Error(`PostgreSQL is ${lines[7] ?? 'not up'}`);
}

async function finished(command: string, args: readonly string[]): Promise<string> {
  // A program that runs as somebody else may not be allowed to look at this directory.
  const child = spawn(command, args, { ...RUNS_AS, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${command} ended with ${child.exitCode}: ${complained}`);
  return said;
}
