import { text } from 'node:stream/consumers';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { Namespaces } from './namespaces.ts';
import * as protocol from './protocol.ts';
import { PineconeRefusal, parse, refusals, requireApiKey } from './refusals.ts';
import { rerank } from './rerank.ts';
import { DenseIndex } from './search/dense-index.ts';
import { SparseIndex } from './search/sparse-index.ts';
import { DIMENSION } from './search/vector.ts';

export interface PineconeIndexOptions {
  kind: 'dense' | 'sparse';
  /** Where its records are kept. */
  dir: string;
  /** Runs before every request: may answer it, delay it or break it off. */
  beforeRequest?: Middleware;
  /** How long a change takes until readers see it: the real service is eventually consistent. */
  visibleAfterMs?: () => number;
}

const everything = () => true;

/**
 * One index of a local server that speaks Pinecone's data-plane protocol with integrated inference, so that the real SDK
 * talks to it unchanged. Mount one of each kind, with `ctx.request.body` holding the parsed JSON of a request:
 * `app.use(pineconeRoutes({ kind: 'dense', dir }).prefix('/pinecone/dense').routes())`.
 */
export function pineconeRoutes(options: PineconeIndexOptions): Router {
  const dense = options.kind === 'dense';
  const namespaces = new Namespaces(options.dir, () => (dense ? new DenseIndex() : new SparseIndex()));
  const visibleFrom = () => Date.now() + (options.visibleAfterMs?.() ?? 0);
  const router = new Router();
  router.use(refusals, requireApiKey);
  if (options.beforeRequest) router.use(options.beforeRequest);

  router.post('/records/namespaces/:namespace/upsert', async (ctx) => {
    const records = parse(protocol.upsertSchema, await ndjson(ctx));
    namespaces.findOrCreate(namespaceOf(ctx)).upsert(records, visibleFrom());
    ctx.status = 201;
    ctx.body = '';
  });

  router.post('/records/namespaces/:namespace/search', (ctx) => {
    const { query, fields } = parse(protocol.searchSchema, ctx.request.body);
    const namespace = namespaces.find(namespaceOf(ctx));
    const hits = namespace?.search(query.inputs.text, query.top_k, query.filter ?? everything) ?? [];
    ctx.body = {
      result: {
        hits: hits.map(({ record, score }) => ({ _id: record.id, _score: score, fields: pick(record.fields, fields) })),
      },
      usage: { read_units: 1, embed_total_tokens: 0 },
    };
  });

  router.get('/vectors/fetch', (ctx) => {
    const { ids, namespace } = parse(protocol.fetchSchema, { ...ctx.query, ids: [ctx.query.ids ?? []].flat() });
    const found = namespaces.find(namespace)?.fetch(ids) ?? [];
    const vectors = found.map(({ id, fields }) => [id, { id, values: [], metadata: fields }]);
    ctx.body = { namespace, vectors: Object.fromEntries(vectors), usage: { readUnits: 1 } };
  });

  router.get('/vectors/list', (ctx) => {
    const { namespace, prefix, limit, paginationToken } = parse(protocol.listSchema, ctx.query);
    const ids = (namespaces.find(namespace)?.list(prefix) ?? []).filter(
      (id) => !paginationToken || id > paginationToken,
    );
    const page = ids.slice(0, limit);
    ctx.body = {
      namespace,
      vectors: page.map((id) => ({ id })),
      ...(ids.length > limit ? { pagination: { next: page.at(-1) } } : {}),
      usage: { readUnits: 1 },
    };
  });

  router.post('/vectors/delete', (ctx) => {
    const { ids, filter, namespace: name } = parse(protocol.deleteSchema, ctx.request.body);
    const namespace = namespaces.find(name);
    if (!namespace) throw new PineconeRefusal(404, 'Namespace not found');
    if (ids) namespace.deleteIds(ids, visibleFrom());
    else namespace.deleteWhere(filter ?? everything, visibleFrom());
    ctx.body = {};
  });

  router.post('/describe_index_stats', (ctx) => {
    const { filter } = parse(protocol.statsSchema, ctx.request.body ?? {});
    const counts = namespaces
      .names()
      .map((name) => [name, namespaces.find(name)?.count(filter ?? everything) ?? 0] as const);
    ctx.body = {
      namespaces: Object.fromEntries(counts.map(([name, vectorCount]) => [name, { vectorCount }])),
      totalVectorCount: counts.reduce((sum, [, count]) => sum + count, 0),
      indexFullness: 0,
      vectorType: options.kind,
      ...(dense ? { dimension: DIMENSION, metric: 'cosine' } : { metric: 'dotproduct' }),
    };
  });

  router.get('/namespaces', (ctx) => {
    const names = namespaces.names();
    ctx.body = {
      namespaces: names.map((name) => ({ name, record_count: namespaces.find(name)?.count(everything) ?? 0 })),
      total_count: names.length,
    };
  });

  router.delete('/namespaces/:namespace', (ctx) => {
    if (!namespaces.remove(namespaceOf(ctx))) throw new PineconeRefusal(404, 'Namespace not found');
    ctx.body = {};
  });

  router.post('/rerank', (ctx) => {
    ctx.body = rerank(parse(protocol.rerankSchema, ctx.request.body));
  });

  return router;
}

function namespaceOf(ctx: Context & { params: Record<string, string> }): string {
  return parse(protocol.namespaceSchema, ctx.params.namespace);
}

async function ndjson(ctx: Context): Promise<unknown[]> {
  if ((ctx.request.length ?? 0) > protocol.MAX_UPSERT_BYTES)
    throw new PineconeRefusal(400, `an upsert is at most ${protocol.MAX_UPSERT_BYTES} bytes`);
  const lines = (await text(ctx.req)).split('\n').filter(Boolean);
  try {
    return lines.map((line) => JSON.parse(line));
  } catch {
    throw new PineconeRefusal(400, 'a line is not valid JSON');
  }
}

function pick(fields: Record<string, unknown>, names: string[] | undefined): Record<string, unknown> {
  if (!names) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
