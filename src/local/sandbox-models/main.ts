import { embeddersFromSettings } from '../../retrieval-server/embeddings/from-settings.ts';
import { cacheHome } from '../../runtime/cache-home.ts';
import { loadConfig, loadSandboxSettings } from '../../runtime/config.ts';
import { createSandbox } from './server.ts';

/**
 * The sandbox as a process of its own. It listens on `SANDBOX_PORT` (0 for a free one) and keeps its data in `SANDBOX_DIR`.
 * It sends `{url}` to its parent over IPC once it listens, and ends with its parent.
 */
const { SANDBOX_PORT: port, SANDBOX_DIR: dir } = loadSandboxSettings();

const config = loadConfig();
const embedders = await embeddersFromSettings(config, cacheHome(config.XDG_CACHE_HOME), console.error);
const sandbox = await createSandbox({ port, dir, embedders });

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
process.once('disconnect', stop);
process.send?.({ url: sandbox.url });

async function stop(): Promise<void> {
  await sandbox.close();
  process.exit(0);
}
