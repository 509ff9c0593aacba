import type { Scope } from '../../../domain/access/tenant.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { Principal } from '../../../ports/access/key-store.ts';

/** @throws AskError `forbidden` when a restricted key lacks the scope. */
export function authorize({ scopes }: Principal, scope: Scope): void {
  if (scopes === null || scopes.includes(scope)) return;
  throw new AskError('forbidden', `This key lacks the scope ${scope}. Use a key that has it.`);
}
