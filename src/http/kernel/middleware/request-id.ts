import { randomUUID } from 'node:crypto';
import type { Context, Next } from '../lib/request-state.ts';

const SANE = /^[A-Za-z0-9._-]{1,128}$/;

/** Gives every request an id, and every response a header with it. A well-formed id of the client is kept. */
export async function requestId(ctx: Context, next: Next): Promise<void> {
  const given = ctx.get('X-Request-Id');
  ctx.state.requestId = SANE.test(given) ? given : randomUUID();
  ctx.set('X-Request-Id', ctx.state.requestId);
  await next();
}
