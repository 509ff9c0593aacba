import { SEARCH_ATTRIBUTES } from '../../../../workflows/contract.ts';
import type { Config } from '../../../runtime/config.ts';
import { TEMPORAL_DYNAMIC_CONFIG } from '../../../runtime/tuning.ts';
import { temporalDownload } from '../programs/download.ts';
import { findOnPath, outputOf } from '../programs/executables.ts';
import { cachedBuild, type GoProgram, goBuild } from '../programs/go-build.ts';
import { type Choice, locate, type Report } from '../programs/locate.ts';

const CLI_VERSION = '1.5.1';
/** Older servers can lose an update-with-start that arrives while a run closes. */
const OLDEST_SERVER = [1, 29, 1] as const;
const REMEDY =
  'Install Go 1.21 or newer, or put the Temporal CLI (`temporal`) on PATH, or set TEMPORAL_ADDRESS to a running server.';

const PROGRAM: GoProgram = {
  name: 'temporal',
  package: 'github.com/temporalio/cli/cmd/temporal',
  ldflags: `-s -w -X github.com/temporalio/cli/temporalcli.Version=${CLI_VERSION}`,
  takes: 'about 2.5 minutes',
};

/** The path of the Temporal CLI. */
export function locateTemporal(path: string, cache: string, report: Report): Promise<string> {
  const choices = [
    temporalOnPath(path),
    cachedBuild(PROGRAM, cache),
    temporalDownload(`v${CLI_VERSION}`, cache),
    goBuild(PROGRAM, cache),
  ];
  return locate('The Temporal CLI', choices, REMEDY, report);
}

export interface TemporalOptions {
  port: number;
  uiPort: number;
  metricsPort: number;
  namespace: string;
  /** The SQLite file; made when it is not there. */
  database: string;
  synchronous: Config['SQLITE_SYNCHRONOUS'];
}

/** Arguments of a dev server that keeps its data, listens on loopback only and is tuned for short workflows. */
export function temporalArguments(options: TemporalOptions): string[] {
  return [
    ...['server', 'start-dev', '--log-level', 'warn', '--ip', '127.0.0.1', '--ui-ip', '127.0.0.1'],
    ...['--port', `${options.port}`, '--ui-port', `${options.uiPort}`, '--metrics-port', `${options.metricsPort}`],
    ...['--namespace', options.namespace, '--db-filename', options.database],
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', `synchronous=${options.synchronous}`],
    // What was deleted is overwritten, so that erased words do not stay readable in free pages.
    ...['--sqlite-pragma', 'secure_delete=ON'],
    ...TEMPORAL_DYNAMIC_CONFIG.flatMap((value) => ['--dynamic-config-value', value]),
    ...Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

/** @throws unless the server answers for the namespace and knows every search attribute. */
export async function probeTemporal(address: string, namespace: string): Promise<void> {
  // Loaded while the server starts.
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => !(name in customAttributes));
    if (missing.length > 0) throw new Error(`search attributes not registered: ${missing.join(', ')}`);
  } finally {
    await connection.close();
  }
}

function temporalOnPath(path: string): Choice {
  return {
    name: 'temporal on PATH',
    find: async () => {
      const file = await findOnPath('temporal', path);
      if (file === null) return null;
      const said = await outputOf(file, ['--version']);
      const server = /Server (\d+)\.(\d+)\.(\d+)/.exec(said)?.slice(1).map(Number) ?? [];
      if (!isAtLeast(server, OLDEST_SERVER)) throw new Error(`too old or unknown (${said})`);
      return file;
    },
  };
}

function isAtLeast(version: readonly number[], oldest: readonly number[]): boolean {
  for (const [place, least] of oldest.entries()) {
    const part = version[place] ?? -1;
    if (part !== least) return part > least;
  }
  return true;
}
