import type { Tenant } from '../../../domain/access/tenant.ts';
import { AskError, invalidField } from '../../../domain/shared/errors.ts';
import type { EndUserId } from '../../../domain/shared/ids.ts';

/** The end user that a request names, or the one that its key is scoped to. @throws AskError `forbidden` for another one. */
export function namedEndUser(tenant: Tenant, named: EndUserId | undefined): EndUserId | undefined {
  if (tenant.endUserId === null) return named;
  if (named !== undefined && named !== tenant.endUserId) {
    throw new AskError(
      'forbidden',
      'This key is scoped to one end user. Leave end_user_id out, or name that end user.',
    );
  }
  return tenant.endUserId;
}

/** Like `namedEndUser`, for a request that must name one. @throws AskError `invalid_request` when there is none. */
export function requiredEndUser(tenant: Tenant, named: EndUserId | undefined): EndUserId {
  const endUserId = namedEndUser(tenant, named);
  if (endUserId === undefined) throw invalidField('end_user_id', 'is required unless the key is scoped to an end user');
  return endUserId;
}
