import { readFile } from 'node:fs/promises';
import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { type Config, ConfigError, required } from '../../../runtime/config.ts';

/**
 * No compression: payloads here are a few kB. Compressing each request cost 4 to 8 ms of every turn, measured over loopback,
 * and saves little traffic. The worker's connection does the same.
 */
const UNCOMPRESSED_CHANNEL = { 'grpc.default_compression_algorithm': 0 };

/** For the API: connects at the first call, so that the process starts, and answers 503, while Temporal is away. */
export async function lazyConnection(config: Config): Promise<Connection> {
  return Connection.lazy({
    ...(await endpoint(config)),
    // Tries for about a second; after that a 503 helps a client more.
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 4 }))],
    // gRPC's own pause between connection attempts grows to two minutes, far longer than a restart takes.
    channelArgs: {
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
      ...UNCOMPRESSED_CHANNEL,
    },
  });
}

/** Where Temporal is, how it proves who it is, and how to prove who asks. */
export async function endpoint(config: Config) {
  const tls = await tlsOf(config);
  return {
    address: required(config, 'TEMPORAL_ADDRESS'),
    ...(tls === null ? {} : { tls }),
    ...(config.TEMPORAL_API_KEY === undefined ? {} : { apiKey: config.TEMPORAL_API_KEY }),
  };
}

/** null for a connection in clear. */
async function tlsOf(config: Config) {
  const { TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key, TEMPORAL_TLS_CA: ca } = config;
  const wanted = config.TEMPORAL_TLS || [crt, ca, config.TEMPORAL_API_KEY].some((setting) => setting !== undefined);
  if (!wanted) return null;
  return {
    ...(ca !== undefined && { serverRootCACertificate: await fileOf('TEMPORAL_TLS_CA', ca) }),
    ...(crt !== undefined &&
      key !== undefined && {
        clientCertPair: { crt: await fileOf('TEMPORAL_TLS_CERT', crt), key: await fileOf('TEMPORAL_TLS_KEY', key) },
      }),
  };
}

/** @throws ConfigError */
function fileOf(setting: string, path: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    throw new ConfigError(`${setting}: the file ${path} cannot be read.`);
  });
}
