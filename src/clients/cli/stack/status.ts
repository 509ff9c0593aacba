import { z } from 'zod';
import { holderOf } from '../../../local/stack/state/lock.ts';
import { readStack, stateDirectory } from '../../../local/stack/state/state-directory.ts';
import { loadConfig } from '../../../runtime/config.ts';
import { EXIT } from '../lib/failure.ts';
import { print, printJson, table } from '../lib/output.ts';

export interface StatusOptions {
  json?: boolean;
}

const PATIENCE_MS = 3_000;

/** Says what runs on this state directory and whether it is ready. The exit code is 0 only if it is. */
export async function status(options: StatusOptions): Promise<void> {
  const config = loadConfig();
  const state = stateDirectory(config.ASK_STATE_DIR);
  const pid = await holderOf(state.lock);
  const stack = pid === null ? null : await readStack(state);
  const url = stack?.api ?? config.ASK_API_URL ?? null;
  const health = url === null ? null : await healthOf(url);
  const ready = health?.ready ?? false;
  process.exitCode = ready ? EXIT.ok : EXIT.failure;
  const addresses = { api: url, temporal_ui: stack?.temporalUi ?? config.TEMPORAL_UI_URL ?? null };
  const embedded = {
    temporal: stack?.temporal ?? null,
    mongodb: stack?.mongodb ?? null,
    sandbox: stack?.sandbox ?? null,
  };
  if (options.json) {
    printJson({
      running: pid !== null,
      ready,
      pid,
      state_dir: state.root,
      ...addresses,
      embedded,
      health: health?.said ?? null,
    });
    return;
  }
  if (pid === null && url === null) {
    print(`Nothing runs on ${state.root}. Start it with \`npm start\`.`);
    return;
  }
  const rows = Object.entries({ ...addresses, ...embedded }).filter((row): row is [string, string] => row[1] !== null);
  print(`${ready ? 'Ready' : 'Not ready'}${pid === null ? '' : ` (process ${pid})`}`);
  print(table(rows));
  if (!ready) print(`/readyz says: ${JSON.stringify(health?.said ?? 'nothing')}`);
}

interface Health {
  ready: boolean;
  /** The body of `/readyz`; null when nobody answers. */
  said: Record<string, unknown> | null;
}

async function healthOf(url: string): Promise<Health> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return { ready: response.ok, said: z.record(z.string(), z.unknown()).parse(await response.json()) };
  } catch {
    return { ready: false, said: null };
  }
}
