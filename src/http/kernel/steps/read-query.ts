import { invalidField } from '../../../domain/shared/errors.ts';
import { assertPlainData } from '../lib/plain-data.ts';
import type { Context } from '../lib/request-state.ts';

/** The query as a plain record. @throws AskError `invalid_request` for bad encoding and for a parameter given twice. */
export function readQuery(ctx: Context): Record<string, string> {
  assertEncoded(ctx.querystring);
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(ctx.querystring)) {
    if (query.has(name)) throw invalidField(name, 'is given twice; give it once');
    query.set(name, value);
  }
  const record = Object.fromEntries(query);
  assertPlainData(record);
  return record;
}

function assertEncoded(querystring: string): void {
  try {
    decodeURIComponent(querystring);
  } catch {
    throw invalidField('query', 'is not valid percent-encoding of UTF-8');
  }
}
