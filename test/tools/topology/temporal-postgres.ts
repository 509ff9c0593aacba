import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { findOnPath } from '../../../src/local/stack/programs/executables.ts';
import { buildCache, cachedBuild, type GoProgram, goBuild } from '../../../src/local/stack/programs/go-build.ts';
import { locate } from '../../../src/local/stack/programs/locate.ts';
import { poll } from '../../../src/local/stack/servers/poll.ts';
import type { Service } from '../../../src/local/stack/servers/supervisor.ts';
import { logFile } from '../../../src/local/stack/state/log-files.ts';
import type { StateDirectory } from '../../../src/local/stack/state/state-directory.ts';
import { childEnvironment, loadConfig } from '../../../src/runtime/config.ts';
import { POSTGRES_USER } from './postgresql.ts';

const PROGRAM: GoProgram = {
  name: 'temporal-postgres',
  package: './temporal-postgres',
  ldflags: '-s -w',
  takes: 'about 3 minutes',
  sources: ['main.go', 'config.go', 'schema.go', 'namespace.go'].map((file) => `temporal-postgres/${file}`),
};
const DYNAMIC_CONFIG = fileURLToPath(new URL('../../../deploy/temporal/dynamicconfig.yaml', import.meta.url));

/** Whether the server can be built; a line says so when not. */
export async function canBuild(): Promise<boolean> {
  const go = await findOnPath('go', loadConfig().PATH);
  if (go === null) say('Skipped: Go is not on PATH, so Temporal on PostgreSQL cannot be built.');
  return go !== null;
}

/** The server's program, built the first time. */
export async function locateTemporalPostgres(): Promise<string> {
  const cache = await buildCache(loadConfig().XDG_CACHE_HOME);
  const choices = [cachedBuild(PROGRAM, cache), goBuild(PROGRAM, cache)];
  return locate('Temporal on PostgreSQL', choices, 'Install Go 1.21 or newer.', say);
}

/** A Temporal server on a PostgreSQL, with the dynamic configuration of the compose file. Ready when its namespace is. */
export async function temporalPostgresService(
  executable: string,
  { postgres, frontend, shards }: { postgres: number; frontend: number; shards: number },
  state: StateDirectory,
): Promise<Service> {
  const database = ['-postgres', `127.0.0.1:${postgres}`, '-user', POSTGRES_USER];
  return {
    name: 'temporal',
    command: executable,
    args: [...database, '-port', `${frontend}`, '-shards', `${shards}`, '-dynamic-config', DYNAMIC_CONFIG],
    env: childEnvironment({}),
    logFile: logFile(state, 'temporal'),
    graceMs: 10_000,
    readyWithinMs: 60_000,
    ipc: false,
    ready: (_child, signal) => poll(() => hasNamespace(`127.0.0.1:${frontend}`), signal),
  };
}

/** @throws unless the server works with its namespace: its frontend learns of a fresh one only after a while. */
async function hasNamespace(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  } finally {
    await connection.close();
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
