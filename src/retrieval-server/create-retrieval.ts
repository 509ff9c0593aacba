import { join } from 'node:path';
import Router from '@koa/router';
import type { Middleware } from 'koa';
import type { Embedder } from './embeddings/embedder.ts';
import { refusals, requireApiKey } from './pinecone/refusals.ts';
import { pineconeRoutes } from './pinecone-routes.ts';
import { RecordIndex } from './record-index.ts';
import { HASHED_MIN_SCORE } from './search/hashed/hashed-index.ts';
import { takeInEarlierFiles } from './store/earlier-files.ts';
import { RecordStore } from './store/record-store.ts';
import { denseModels, SPARSE_MODELS } from './text-models.ts';

export interface RetrievalOptions {
  /** Where the records are kept: one folder for each index. */
  dir: string;
  /** The first one embeds new texts. The others search what they embedded before. Without any, hashed words take their place. */
  embedders: readonly Embedder[];
  /** Runs before each request. It may answer it, delay it or break it off. */
  beforeRequest?: Middleware;
}

/** The model with which new namespaces are embedded, as `GET /model` tells it. */
export interface RetrievalStatus {
  model: string;
  /** The cosine that the best hit must reach with this model. */
  min_score: number;
  source: Embedder['source'] | 'none';
  /** Records that wait to be embedded. */
  pending: number;
  /** Why the last of them could not be embedded; null when all is well. */
  failing: string | null;
}

export interface Retrieval {
  routes: ReturnType<Router['routes']>;
  status(): RetrievalStatus;
  close(): Promise<void>;
}

/**
 * The local index: Pinecone's protocol at `/pinecone/dense` and `/pinecone/sparse`, and its model at `/model`.
 * `ctx.request.body` must hold the parsed JSON of a request.
 */
export function createRetrieval({ dir, embedders, beforeRequest }: RetrievalOptions): Retrieval {
  const models = { dense: denseModels(embedders), sparse: SPARSE_MODELS };
  const open = (kind: 'dense' | 'sparse') => {
    const store = new RecordStore(join(dir, kind, 'records.sqlite'));
    takeInEarlierFiles(join(dir, kind), store, models[kind].earlier);
    return new RecordIndex(store, models[kind]);
  };
  const [embedder] = embedders;
  const dense = open('dense');
  const sparse = open('sparse');
  const status = (): RetrievalStatus => ({
    model: models.dense.current.name,
    min_score: embedder?.minScore ?? HASHED_MIN_SCORE,
    source: embedder?.source ?? 'none',
    pending: dense.progress.unread,
    failing: dense.progress.failure,
  });

  const router = new Router();
  router.use(refusals, requireApiKey);
  router.get('/model', (ctx) => {
    ctx.body = status();
  });
  if (beforeRequest) router.use('/pinecone', beforeRequest);
  router.use('/pinecone/dense', pineconeRoutes('dense', dense).routes());
  router.use('/pinecone/sparse', pineconeRoutes('sparse', sparse).routes());

  return {
    routes: router.routes(),
    status,
    async close() {
      await Promise.all(embedders.map((each) => each.close()));
      await Promise.all([dense.close(), sparse.close()]);
    },
  };
}
