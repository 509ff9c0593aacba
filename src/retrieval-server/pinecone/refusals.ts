import type { Context, Next } from 'koa';
import type { z } from 'zod';

/** A refusal in Pinecone's form, which differs between the records plane and the vectors plane. */
export class PineconeRefusal extends Error {
  readonly status: 400 | 404 | 429 | 503;

  constructor(status: PineconeRefusal['status'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

const CODES = {
  400: { number: 3, name: 'INVALID_ARGUMENT' },
  404: { number: 5, name: 'NOT_FOUND' },
  429: { number: 8, name: 'RESOURCE_EXHAUSTED' },
  503: { number: 14, name: 'UNAVAILABLE' },
} as const;
const RETRY_AFTER_SECONDS = '5';

/** @throws PineconeRefusal 400 that names the field. */
export function parse<S extends z.ZodType>(schema: S, given: unknown): z.infer<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PineconeRefusal(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`.replace(/^: /, ''));
}

/** Turns the refusals of the routes into responses. */
export async function refusals(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof PineconeRefusal)) throw error;
    const { status, message } = error;
    ctx.status = status;
    if (status === 429) ctx.set('Retry-After', RETRY_AFTER_SECONDS);
    ctx.body = ctx.path.includes('/vectors/')
      ? { code: CODES[status].number, message, details: [] }
      : { status, error: { code: CODES[status].name, message } };
  }
}

/** Any key is accepted, but there must be one. */
export async function requireApiKey(ctx: Context, next: Next): Promise<void> {
  if (ctx.get('Api-Key')) return next();
  ctx.status = 401;
  ctx.type = 'text/plain';
  ctx.body = 'Invalid API Key';
}
