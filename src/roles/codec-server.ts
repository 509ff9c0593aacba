import { createCodecServer } from '../adapters/temporal/payloads/codec-server.ts';
import { payloadCodec } from '../adapters/temporal/payloads/payload-codec.ts';
import { ConfigError, loadConfig } from '../runtime/config.ts';
import { createLogger } from '../runtime/logger.ts';
import { endOnBadSettings, reportReady, stopOnSignal } from '../runtime/process.ts';
import { listen } from '../runtime/servers/listen.ts';

/** The codec role: decrypts payloads for operators who look at a history in the Temporal UI or CLI. */
endOnBadSettings();
const config = loadConfig();
const logger = createLogger('codec', config);
const [current, ...older] = config.PAYLOAD_KEYS;
if (current === undefined) throw new ConfigError('PAYLOAD_KEYS is not set: there is nothing to decrypt.');
if (config.CODEC_TOKEN === undefined) throw new ConfigError('CODEC_TOKEN is not set: nobody could be let in.');

const app = createCodecServer({
  codec: payloadCodec([current, ...older]),
  token: config.CODEC_TOKEN,
  uiOrigin: config.TEMPORAL_UI_URL === undefined ? undefined : new URL(config.TEMPORAL_UI_URL).origin,
  logger,
});
const server = await listen(app, { host: config.HOST, port: config.CODEC_PORT, graceMs: config.SHUTDOWN_GRACE_MS });
stopOnSignal(logger, () => server.close());
reportReady(logger, { url: server.url });
