import { createHash, timingSafeEqual } from 'node:crypto';
import bodyParser from '@koa/bodyparser';
import cors from '@koa/cors';
import type { Payload, PayloadCodec } from '@temporalio/common';
import Koa, { type Context } from 'koa';
import { z } from 'zod';
import { keyIdOf, PayloadKeyError } from './payload-codec.ts';

export interface CodecServerOptions {
  codec: PayloadCodec;
  /** What a caller must present as `Authorization: Bearer …`. Whoever has it can read everything. */
  token: string;
  /** The origin of the Temporal UI, the only one whose pages may call. */
  uiOrigin: string | undefined;
  logger: { info(facts: object, message: string): void };
}

/** A page of a history, encoded. */
const BODY_LIMIT = '32mb';

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const body = z.object({
  payloads: z.array(
    z.object({ metadata: z.record(z.string(), bytes).default({}), data: bytes.default(Buffer.alloc(0)) }),
  ),
});

/** Temporal's remote codec protocol: `POST /encode` and `POST /decode` for the UI and the CLI, after a look at the caller. */
export function createCodecServer({ codec, token, uiOrigin, logger }: CodecServerOptions): Koa {
  const app = new Koa();
  app.on('error', (error: unknown) =>
    logger.info({ error: error instanceof Error ? error.name : typeof error }, 'refused'),
  );
  app.use(withoutTraces);
  if (uiOrigin !== undefined) app.use(onlyFor(uiOrigin));
  app.use(async (ctx, next) => (isBearer(ctx, token) ? next() : refuse(ctx)));
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: BODY_LIMIT, onError: (_error, ctx) => ctx.throw(422) }));
  app.use(async (ctx) => {
    const operation = ctx.method === 'POST' ? operationAt(ctx.path) : undefined;
    const parsed = body.safeParse(ctx.request.body);
    if (operation === undefined) return ctx.throw(404);
    if (!parsed.success) return ctx.throw(422);
    const { payloads } = parsed.data;
    logger.info(
      { operation, namespace: namespaceOf(ctx), payloads: payloads.length, keys: keysOf(payloads) },
      'payloads',
    );
    ctx.body = { payloads: (await run(ctx, () => codec[operation](payloads))).map(toJson) };
  });
  return app;
}

/** Answers are in clear, so nobody may keep them; an error, too. */
async function withoutTraces(ctx: Context, next: () => Promise<void>): Promise<void> {
  ctx.set('Cache-Control', 'no-store');
  try {
    await next();
  } catch (error) {
    ctx.app.emit('error', error, ctx);
    const known = httpError.safeParse(error);
    ctx.status = known.success ? known.data.status : 500;
    ctx.body = known.success && known.data.expose ? known.data.message : 'Error';
  }
}

const httpError = z.object({ status: z.int().min(400).max(599), expose: z.boolean(), message: z.string() });

function operationAt(path: string): keyof PayloadCodec | undefined {
  return path === '/encode' ? 'encode' : path === '/decode' ? 'decode' : undefined;
}

function onlyFor(origin: string) {
  const policy = cors({
    origin,
    allowMethods: 'POST',
    allowHeaders: ['authorization', 'content-type', 'x-namespace'],
    credentials: true,
  });
  return async (ctx: Context, next: () => Promise<void>) =>
    // A page of another origin gets no permission at all, instead of one that names the UI.
    ctx.get('Origin') === origin ? policy(ctx, next) : next();
}

/** Compares digests, so that the time taken tells nothing of the token. */
function isBearer(ctx: Context, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(ctx.get('Authorization'))?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function refuse(ctx: Context): void {
  ctx.status = 401;
  ctx.set('WWW-Authenticate', 'Bearer realm="ask-codec"');
}

async function run(ctx: Context, operate: () => Promise<Payload[]>): Promise<Payload[]> {
  try {
    return await operate();
  } catch (error) {
    if (error instanceof PayloadKeyError) return ctx.throw(422, error.message);
    // Whatever else keeps a payload from being read lies in what was sent.
    return ctx.throw(422);
  }
}

function toJson({ metadata, data }: Payload) {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]);
  return { metadata: Object.fromEntries(entries), data: base64(data ?? new Uint8Array()) };
}

function keysOf(payloads: Payload[]): string[] {
  return [...new Set(payloads.map(keyIdOf).filter((id) => id !== null))].filter((id) => ID.test(id));
}

function namespaceOf(ctx: Context): string | undefined {
  const namespace = ctx.get('X-Namespace');
  return ID.test(namespace) ? namespace : undefined;
}

const ID = /^[A-Za-z0-9._-]{1,128}$/;
const digest = (text: string) => createHash('sha256').update(text).digest();
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');
