import { createHash, timingSafeEqual } from 'node:crypto';
import { bodyParser } from '@koa/bodyparser';
import Koa, { type Context, type Middleware, type Next } from 'koa';
import { Histogram, type Registry } from 'prom-client';

export interface RetrievalAppOptions {
  /** What a caller must send as `Api-Key`. null when only this machine can call; then any key is accepted. */
  token: string | null;
  metrics: Registry;
  /** Whether it takes requests. */
  works(): boolean;
}

/** Below the 2 MB that a request of Pinecone's protocol may have. Upserts are read as a stream and need no room here. */
const JSON_LIMIT = '2mb';

/**
 * The local index as a server of its own, to which its routes are added. `/healthz`, `/readyz` and `/metrics` are for whoever
 * runs it and tell no words; everything else needs the token.
 */
export function createRetrievalApp({ token, metrics, works }: RetrievalAppOptions): Koa {
  const app = new Koa();
  // A client that hangs up in the middle of a reply is no error of this server.
  app.silent = true;
  app.use(async (ctx, next) => {
    if (ctx.path === '/healthz') ctx.body = { status: 'ok' };
    else if (ctx.path === '/readyz') answerReadiness(ctx, works());
    else if (ctx.path === '/metrics') {
      ctx.type = metrics.contentType;
      ctx.body = await metrics.metrics();
    } else await next();
  });
  app.use(measured(metrics));
  if (token !== null) app.use(requireToken(token));
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: JSON_LIMIT }));
  return app;
}

function answerReadiness(ctx: Context, works: boolean): void {
  ctx.status = works ? 200 : 503;
  ctx.body = { status: works ? 'ok' : 'unavailable' };
}

/** Compares digests, so that the time it takes does not reveal the token. */
function requireToken(token: string): Middleware {
  const wanted = digest(token);
  return async (ctx: Context, next: Next) => {
    if (timingSafeEqual(digest(ctx.get('Api-Key')), wanted)) return next();
    ctx.status = 401;
    ctx.type = 'text/plain';
    ctx.body = 'Invalid API Key';
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function measured(metrics: Registry): Middleware {
  const durations = new Histogram({
    name: 'ask_retrieval_duration_seconds',
    help: 'Requests to the local index, by what they ask for and the status of the reply.',
    labelNames: ['operation', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.015, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [metrics],
  });
  return async (ctx: Context, next: Next) => {
    const stop = durations.startTimer();
    try {
      await next();
    } finally {
      stop({ operation: operationOf(ctx), status: String(ctx.status) });
    }
  };
}

const OPERATIONS = ['search', 'upsert', 'fetch', 'list', 'delete', 'describe_index_stats', 'rerank', 'model'];

/** The end of the path when the protocol has it. Other paths share one name, so that nobody can fill the metrics with names. */
function operationOf({ path }: Context): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return OPERATIONS.includes(last) ? last : 'other';
}
