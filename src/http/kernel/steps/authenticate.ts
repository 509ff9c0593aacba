import { AskError } from '../../../domain/shared/errors.ts';
import type { KeyStore, Principal } from '../../../ports/access/key-store.ts';
import type { Context } from '../lib/request-state.ts';

const BEARER = /^Bearer +([A-Za-z0-9_-]{1,200})$/i;

/** Finds the key of the request. @throws AskError `unauthorized` without a key, and for an unknown or revoked one. */
export async function authenticate(ctx: Context, keys: KeyStore): Promise<Principal> {
  const secret = secretIn(ctx.get('Authorization'));
  const principal = secret === undefined ? null : await keys.authenticate(secret);
  if (principal === null) {
    throw new AskError('unauthorized', 'Send a valid API key in the header "Authorization: Bearer KEY".');
  }
  ctx.state.principal = principal;
  return principal;
}

/** The key that the header names, known or not, however the header is spelled. */
export function secretIn(authorization: string): string | undefined {
  return BEARER.exec(authorization)?.[1];
}
