import { invalidField } from '../../../domain/shared/errors.ts';

interface Creation {
  body: { external_id?: string | undefined };
  query: { upsert: boolean };
}

/** The external id of what is to be created; null without one. @throws AskError `invalid_request` where an upsert has none. */
export function externalIdOf({ body, query }: Creation): string | null {
  if (query.upsert && body.external_id === undefined) throw invalidField('external_id', 'is required with upsert=true');
  return body.external_id ?? null;
}
