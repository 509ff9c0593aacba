import type { ProviderFailureReason } from '../../../../domain/shared/provider-failures.ts';
import { BY_WORDS, BY_WORDS_ALONE } from './failure-words.ts';
import type { Said } from './said.ts';

/**
 * The one table of failures for all providers and for the servers that speak their protocols. Errors that stand in a
 * reply with status 200 are read by the same table. What each reason means for retries, fallback and the reader stands in
 * `src/domain/shared/provider-failures.ts`.
 *
 * @param status the HTTP status; undefined for an error in a reply with status 200, whose body may name one.
 * @param isPage whether the body is a web page.
 */
export function reasonFor(status: number | undefined, said: Said, isPage = false): ProviderFailureReason {
  const code = status ?? said.status ?? statusOfCode(said.codes);
  const words = [...said.codes, said.text].join(' ');
  const row = isPage
    ? undefined
    : BY_WORDS.find((row) => (code === undefined || row.statuses(code)) && row.words.test(words));
  if (row) return row.reason;
  if (code === 404) return isPage || !/model|deployment/i.test(words) ? 'wrong_address' : 'model_not_found';
  if (code === undefined) return BY_WORDS_ALONE.find((row) => row.words.test(words))?.reason ?? 'server_error';
  if (code < 400) return 'wrong_address';
  return BY_STATUS[code] ?? (code >= 500 ? 'server_error' : 'bad_request');
}

const BY_STATUS: Partial<Record<number, ProviderFailureReason>> = {
  401: 'authentication',
  402: 'quota_exceeded',
  403: 'permission',
  405: 'wrong_address',
  408: 'timeout',
  // The providers answer 409 when another request holds a lock.
  409: 'overloaded',
  410: 'model_not_found',
  413: 'context_too_long',
  // What TGI and Bedrock call a failure of the model itself.
  424: 'server_error',
  425: 'overloaded',
  429: 'rate_limited',
  // Groq: no capacity.
  498: 'overloaded',
  // Something on the way has hung up.
  499: 'connection',
  501: 'bad_request',
  503: 'overloaded',
  504: 'timeout',
  522: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

/** The HTTP status that the name of an error stands for, where a reply has none. */
function statusOfCode(codes: readonly string[]): number | undefined {
  for (const code of codes) {
    const status = STATUSES[code.toLowerCase()];
    if (status !== undefined) return status;
  }
  return undefined;
}

const STATUSES: Partial<Record<string, number>> = {
  invalid_request_error: 400,
  invalid_argument: 400,
  badrequesterror: 400,
  failed_precondition: 400,
  validation_error: 400,
  authentication_error: 401,
  unauthenticated: 401,
  unauthorized: 401,
  billing_error: 402,
  permission_error: 403,
  permission_denied: 403,
  not_found_error: 404,
  not_found: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  rate_limited: 429,
  too_many_requests: 429,
  throttling: 429,
  throttlingexception: 429,
  resource_exhausted: 429,
  insufficient_quota: 429,
  tokens: 429,
  requests: 429,
  api_error: 500,
  server_error: 500,
  internal: 500,
  internal_error: 500,
  internal_server_error: 500,
  unavailable: 503,
  service_unavailable: 503,
  overloaded: 503,
  server_is_overloaded: 503,
  timeout_error: 504,
  deadline_exceeded: 504,
  overloaded_error: 529,
};
