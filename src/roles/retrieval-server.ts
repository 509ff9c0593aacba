import { join } from 'node:path';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { createRetrieval } from '../retrieval-server/create-retrieval.ts';
import { embeddersFromSettings } from '../retrieval-server/embeddings/from-settings.ts';
import { createRetrievalApp } from '../retrieval-server/retrieval-app.ts';
import { cacheHome } from '../runtime/cache-home.ts';
import { assertTokenWhereReachable, loadConfig } from '../runtime/config.ts';
import { createLogger } from '../runtime/logger.ts';
import { endOnBadSettings, reportReady, stopOnSignal } from '../runtime/process.ts';
import { listen } from '../runtime/servers/listen.ts';

/** The retrieval role: the local index, for one host. Everything that it keeps can be rebuilt with `ask reindex`. */
endOnBadSettings();
const config = loadConfig();
assertTokenWhereReachable(config);
const logger = createLogger('retrieval', config);
const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

let works = true;
const app = createRetrievalApp({ token: config.RETRIEVAL_TOKEN ?? null, metrics, works: () => works });
const dir = join(config.ASK_STATE_DIR, 'retrieval');
const report = (line: string) => logger.info(line);
const embedders = await embeddersFromSettings(config, cacheHome(config.XDG_CACHE_HOME), report);
const retrieval = createRetrieval({ dir, embedders });
new Gauge({
  name: 'ask_retrieval_pending',
  help: 'Records that wait to be embedded.',
  registers: [metrics],
  collect() {
    this.set(retrieval.status().pending);
  },
});
app.use(retrieval.routes);
const { HOST: host, RETRIEVAL_PORT: port, SHUTDOWN_GRACE_MS: graceMs } = config;
const server = await listen(app, { host, port, graceMs });
stopOnSignal(logger, async () => {
  works = false;
  await server.close();
  await retrieval.close();
});
const { model, source } = retrieval.status();
reportReady(logger, { url: server.url, model, source });
