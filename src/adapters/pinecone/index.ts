import { AskError } from '../../domain/shared/errors.ts';
import type { Dependency } from '../../ports/health.ts';
import type { PassageRetriever } from '../../ports/library/passage-retriever.ts';
import type { Config } from '../../runtime/config.ts';
import { call, connect, type PineconeSettings } from './client.ts';
import { createPassageRetriever } from './passage-retriever.ts';

const CHECK_TIMEOUT_MS = 1_000;

/** The retriever that the settings name: Pinecone, else the sandbox, else one that says what is not configured. */
export function passageRetrieverFromConfig(config: Config): PassageRetriever {
  const settings = settingsFrom(config);
  if (settings === null) return notConfigured;
  const { PINECONE_RERANK_MODEL: rerankModel, PINECONE_MIN_SCORE: minDenseScore } = config;
  return createPassageRetriever({ ...settings, minDenseScore, ...(rerankModel === undefined ? {} : { rerankModel }) });
}

/** Asks both indexes for their statistics. */
export function pineconeDependency(config: Config): Dependency {
  const settings = settingsFrom(config);
  const indexes = settings === null ? null : connect({ ...settings, timeoutMs: CHECK_TIMEOUT_MS });
  return {
    name: 'pinecone',
    async check() {
      if (indexes === null) return refuse();
      const { dense, sparse } = indexes;
      await Promise.all([dense, sparse].map((index) => call(() => index.describeIndexStats())));
    },
  };
}

/** null where nothing is configured, or Pinecone only in part: the sandbox must not take the place of a forgotten setting. */
export function settingsFrom(config: Config): PineconeSettings | null {
  const { PINECONE_API_KEY: apiKey, PINECONE_INDEX_HOST: denseHost, PINECONE_SPARSE_INDEX_HOST: sparseHost } = config;
  if (apiKey && denseHost && sparseHost) return { apiKey, denseHost, sparseHost };
  if (apiKey || denseHost || sparseHost || config.SANDBOX_URL === undefined) return null;
  const host = `${config.SANDBOX_URL.replace(/\/+$/, '')}/pinecone`;
  return {
    apiKey: 'sandbox',
    denseHost: `${host}/dense`,
    sparseHost: `${host}/sparse`,
    inferenceHost: `${host}/dense`,
  };
}

const notConfigured: PassageRetriever = {
  search: refuse,
  upsert: refuse,
  missing: refuse,
  remove: refuse,
  removeAll: refuse,
};

async function refuse(): Promise<never> {
  throw new AskError(
    'internal_error',
    'Retrieval is not configured: set PINECONE_API_KEY, PINECONE_INDEX_HOST and PINECONE_SPARSE_INDEX_HOST.',
  );
}
