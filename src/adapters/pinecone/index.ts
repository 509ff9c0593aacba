import { z } from 'zod';
import type { IndexTarget, ServingIndex } from '../../domain/library/search-index.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { Dependency } from '../../ports/health.ts';
import type { IndexAccess, SearchIndexes } from '../../ports/library/search-indexes.ts';
import type { Config } from '../../runtime/config.ts';
import { call, connect, type PineconeSettings, readJson } from './client.ts';
import { openIndex } from './index-access.ts';

const CHECK_TIMEOUT_MS = 1_000;

/** What serves in an installation whose database does not say: what the settings name, Pinecone first. */
export function initialIndex(config: Config): ServingIndex {
  const target = config.RETRIEVAL ?? (pineconeSettings(config) === null ? 'local' : 'pinecone');
  return { target, generation: '', model: null, minScore: null };
}

/** The indexes that the settings name. An index that they do not name says so when it is used. */
export function createSearchIndexes(config: Config): SearchIndexes {
  const opened = new Map<string, IndexAccess>();
  return {
    open({ target, generation, minScore }) {
      const minDenseScore = minScore ?? config.PINECONE_MIN_SCORE;
      const key = `${target}/${generation}/${minDenseScore}`;
      const known = opened.get(key);
      if (known !== undefined) return known;
      const { PINECONE_RERANK_MODEL: rerankModel } = config;
      const rerank = rerankModel === undefined ? {} : { rerankModel };
      const index = openIndex({ ...settingsFor(config, target), generation, minDenseScore, ...rerank });
      opened.set(key, index);
      return index;
    },
    async describe(target) {
      const { denseHost, apiKey } = settingsFor(config, target);
      // The floor for Pinecone's models is a setting, because only its owner knows which one was taken.
      if (target === 'pinecone') return { model: null, minScore: null };
      const url = denseHost.replace(/\/pinecone\/dense$/, '/model');
      const told = localModel.nullable().parse(await readJson(url, apiKey));
      return { model: told?.model ?? null, minScore: told?.min_score ?? null };
    },
  };
}

/** What the local index says of the model that it embeds new passages with. */
const localModel = z.object({ model: z.string(), min_score: z.number() });

/** Asks both indexes for their statistics. @param target tells which ones serve */
export function indexDependency(config: Config, target: () => Promise<IndexTarget>): Dependency {
  return {
    name: 'pinecone',
    async check() {
      const { dense, sparse } = connect({ ...settingsFor(config, await target()), timeoutMs: CHECK_TIMEOUT_MS });
      await Promise.all([dense, sparse].map((index) => call(() => index.describeIndexStats())));
    },
  };
}

/** @throws AskError `internal_error` that says what to set */
export function settingsFor(config: Config, target: IndexTarget): PineconeSettings {
  const settings = target === 'pinecone' ? pineconeSettings(config) : localSettings(config);
  if (settings !== null) return settings;
  const what =
    target === 'pinecone'
      ? 'PINECONE_API_KEY, PINECONE_INDEX_HOST and PINECONE_SPARSE_INDEX_HOST'
      : 'RETRIEVAL_URL to the address of the local index, or PINECONE_API_KEY, PINECONE_INDEX_HOST and PINECONE_SPARSE_INDEX_HOST';
  throw new AskError('internal_error', `Retrieval is not configured: set ${what}.`, { details: { retryable: false } });
}

function pineconeSettings(config: Config): PineconeSettings | null {
  const { PINECONE_API_KEY: apiKey, PINECONE_INDEX_HOST: denseHost, PINECONE_SPARSE_INDEX_HOST: sparseHost } = config;
  return apiKey && denseHost && sparseHost ? { apiKey, denseHost, sparseHost } : null;
}

/** The local index: a server of its own, else the one that `npm start` brings up. */
function localSettings({ RETRIEVAL_URL, RETRIEVAL_TOKEN = 'local', SANDBOX_URL }: Config): PineconeSettings | null {
  const url = RETRIEVAL_URL ?? SANDBOX_URL;
  if (url === undefined) return null;
  const host = `${url.replace(/\/+$/, '')}/pinecone`;
  return {
    apiKey: RETRIEVAL_TOKEN,
    denseHost: `${host}/dense`,
    sparseHost: `${host}/sparse`,
    inferenceHost: `${host}/dense`,
  };
}
