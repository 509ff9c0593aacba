import { createHash, type Hash } from 'node:crypto';
import type { Tenant } from '../../../domain/access/tenant.ts';
import { invalidField } from '../../../domain/shared/errors.ts';
import type { IdempotencyClaim, IdempotencyStore } from '../../../ports/access/idempotency-store.ts';
import type { Context } from '../lib/request-state.ts';

const HEADER = 'Idempotency-Key';

/**
 * Claims the request's `Idempotency-Key`, where it is a POST that has one.
 * @throws AskError `idempotency_key_reused` when another request holds the key.
 */
export async function claimKey(
  ctx: Context,
  store: IdempotencyStore,
  tenant: Tenant,
  fingerprint: string,
): Promise<IdempotencyClaim | null> {
  const key = keyOf(ctx);
  return key === null ? null : store.claim(tenant, key, fingerprint);
}

function keyOf(ctx: Context): string | null {
  if (ctx.method !== 'POST' || ctx.headers['idempotency-key'] === undefined) return null;
  const key = ctx.get(HEADER);
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) throw invalidField(HEADER, 'takes 1 to 255 printable ASCII characters');
  return key;
}

/**
 * What two requests with one key must have in common; the body is added as it comes. The query string too, because
 * `?upsert=true` asks for something else.
 */
export function requestFingerprint(ctx: Context): Hash {
  const head = [ctx.method, ctx.path + ctx.search, ctx.get('Content-Type'), ''].join('\n');
  return createHash('sha256').update(head);
}
