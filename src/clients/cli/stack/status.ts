import { z } from 'zod';
import { describeUnready } from '../../../local/stack/servers/unready-parts.ts';
import { holderOf } from '../../../local/stack/state/lock.ts';
import { readStack, stateDirectory } from '../../../local/stack/state/state-directory.ts';
import { type Config, loadConfig } from '../../../runtime/config.ts';
import { EXIT } from '../lib/failure.ts';
import { findApi } from '../lib/find-service.ts';
import { print, printJson, table } from '../lib/output.ts';
import { describeAnswerers, loadAnswerers } from './answerers.ts';
import { describeIndexModel, describeRemoteIndex, loadIndexModel } from './index-model.ts';

export interface StatusOptions {
  json?: boolean;
}

const HEALTH_TIMEOUT_MS = 3_000;

/** Says what runs on this state directory and whether it is ready. The exit code is 0 only if it is. */
export async function status(options: StatusOptions): Promise<void> {
  const config = loadConfig();
  const state = stateDirectory(config.ASK_STATE_DIR);
  const pid = await holderOf(state.lock);
  const stack = pid === null ? null : await readStack(state);
  const url = stack?.api ?? config.ASK_API_URL ?? null;
  const health = url === null ? null : await healthOf(url);
  const ready = health?.ready ?? false;
  const answerers = url === null || !ready ? null : await loadAnswerers(url, await keyFor(config));
  const indexModel = await loadIndexModel(stack?.sandbox ?? null);
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
      answerers,
      index_model: indexModel,
      health: health?.said ?? null,
    });
    return;
  }
  if (pid === null && url === null) {
    print(`Nothing runs on ${state.root}. Start it with \`npm start\`.`);
    return;
  }
  const rows = Object.entries({ ...addresses, ...embedded }).filter((row): row is [string, string] => row[1] !== null);
  const holder = pid === null ? '' : ` (process ${pid})`;
  print(ready ? `Ready${holder}` : `Not ready${holder}: ${reasonOf(url, health)}`);
  if (answerers !== null) rows.push(['answers', describeAnswerers(answerers)]);
  const search = indexModel === null ? describeRemoteIndex(health?.said) : describeIndexModel(indexModel);
  if (search !== null) rows.push(['search', search]);
  print(table(rows));
}

/** Why a service is not ready, with what to look at. */
function reasonOf(url: string | null, health: Health | null): string {
  if (url === null) return 'it is still starting';
  if (!health?.said) return `nobody answers at ${url}; it is starting or has stopped`;
  return describeUnready(health.said) || 'it does not say why';
}

/** A key that this directory or the environment has. */
async function keyFor(config: Config): Promise<string | null> {
  return findApi(config, undefined).then(
    ({ key }) => key,
    () => null,
  );
}

interface Health {
  ready: boolean;
  /** The body of `/readyz`; null when nobody answers. */
  said: Record<string, unknown> | null;
}

async function healthOf(url: string): Promise<Health> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    return { ready: response.ok, said: z.record(z.string(), z.unknown()).parse(await response.json()) };
  } catch {
    return { ready: false, said: null };
  }
}
