import { text } from 'node:stream/consumers';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Filter } from './pinecone/filter.ts';
import * as protocol from './pinecone/protocol.ts';
import { PineconeRefusal, parse } from './pinecone/refusals.ts';
import { rerank } from './pinecone/rerank.ts';
import type { RecordIndex } from './record-index.ts';

const everything: Filter = () => () => true;

/**
 * One index in Pinecone's data-plane protocol with integrated inference, so that the real SDK talks to it unchanged.
 * `ctx.request.body` holds the parsed JSON of a request.
 */
export function pineconeRoutes(kind: 'dense' | 'sparse', index: RecordIndex): Router {
  const router = new Router();

  router.post('/records/namespaces/:namespace/upsert', async (ctx) => {
    const records = parse(protocol.upsertSchema, await ndjson(ctx));
    await index.upsert(namespaceOf(ctx), records);
    ctx.status = 201;
    ctx.body = '';
  });

  router.post('/records/namespaces/:namespace/search', async (ctx) => {
    const { query, fields } = parse(protocol.searchSchema, ctx.request.body);
    const hits = await index.search(namespaceOf(ctx), query.inputs.text, query.top_k, query.filter);
    ctx.body = {
      result: {
        hits: hits.map((hit) => ({ _id: hit.id, _score: hit.score, fields: pick(hit.fields, fields) })),
      },
      usage: { read_units: 1, embed_total_tokens: 0 },
    };
  });

  router.get('/vectors/fetch', (ctx) => {
    const { ids, namespace } = parse(protocol.fetchSchema, { ...ctx.query, ids: [ctx.query.ids ?? []].flat() });
    const vectors = index.fetch(namespace, ids).map(({ id, fields }) => [id, { id, values: [], metadata: fields }]);
    ctx.body = { namespace, vectors: Object.fromEntries(vectors), usage: { readUnits: 1 } };
  });

  router.get('/vectors/list', (ctx) => {
    const { namespace, prefix, limit, paginationToken } = parse(protocol.listSchema, ctx.query);
    const ids = index.list(namespace, { prefix, after: paginationToken ?? '', limit: limit + 1 });
    const page = ids.slice(0, limit);
    ctx.body = {
      namespace,
      vectors: page.map((id) => ({ id })),
      ...(ids.length > limit ? { pagination: { next: page.at(-1) } } : {}),
      usage: { readUnits: 1 },
    };
  });

  router.post('/vectors/delete', (ctx) => {
    const { ids, filter = everything, namespace } = parse(protocol.deleteSchema, ctx.request.body);
    index.remove(namespace, ids ? { ids } : { filter });
    ctx.body = {};
  });

  router.post('/describe_index_stats', (ctx) => {
    const { filter } = parse(protocol.statsSchema, ctx.request.body ?? {});
    const counts = index.names().map((name) => [name, index.count(name, filter)] as const);
    ctx.body = {
      namespaces: Object.fromEntries(counts.map(([name, vectorCount]) => [name, { vectorCount }])),
      totalVectorCount: counts.reduce((sum, [, count]) => sum + count, 0),
      indexFullness: 0,
      vectorType: kind,
      metric: kind === 'dense' ? 'cosine' : 'dotproduct',
    };
  });

  router.get('/namespaces', (ctx) => {
    const names = index.names();
    ctx.body = {
      namespaces: names.map((name) => ({ name, record_count: index.count(name) })),
      total_count: names.length,
    };
  });

  router.delete('/namespaces/:namespace', (ctx) => {
    index.removeNamespace(namespaceOf(ctx));
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
