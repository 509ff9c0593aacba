import type { ProviderFailureReason } from '../../../../domain/shared/provider-failures.ts';
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
  if (code === undefined) return 'server_error';
  if (code < 400) return 'wrong_address';
  return BY_STATUS[code] ?? (code >= 500 ? 'server_error' : 'bad_request');
}

/** Reasons that words or error codes tell for certain. A later attempt at the same provider cannot help with any. */
interface Wording {
  reason: ProviderFailureReason;
  statuses: (status: number) => boolean;
  words: RegExp;
}

const anyOf =
  (...statuses: number[]) =>
  (status: number) =>
    statuses.includes(status);
/** Not those that speak of the key, or of too many requests: their words mention tokens and lengths too. */
const refusal = (status: number) => status >= 400 && ![401, 402, 403, 408, 409, 429].includes(status);

const BY_WORDS: Wording[] = [
  {
    reason: 'context_too_long',
    statuses: refusal,
    words: new RegExp(
      [
        'context_too_(long|large)',
        'tokens_limit_reached',
        'prompt_too_long',
        // OpenAI, vLLM, Together, Moonshot, xAI
        'maximum (context|prompt|input|sequence) (length|tokens?|size)|max(imum)? ?(model|_model|seq)[_ ]?len(gth)?',
        'maximum number of (input )?tokens allowed|exceeds? the maximum number of tokens',
        'exceeded model token limit',
        // Anthropic, llama.cpp, LM Studio, Ollama, sglang
        '(prompt|input|request|message)s? (is|are|was|were|has|have)? ?(too|very) (long|large)\\b',
        '(exceed|overflow|longer than|larger than|greater than|beyond|fit)[^.]{0,60}context(?! deadline)',
        'context(?! deadline)[^.]{0,60}(exceed|overflow|too (small|short)|is full)',
        'context (length|size|window) of only',
        '\\b(prompt|input|token)s?\\b[^.]{0,60}exceed[^.]{0,40}(max|limit|length)',
        'input length should be',
        // TGI, Mistral, Cohere
        '`?inputs`? (tokens \\+|must have less than)',
        'too large for model with',
        'too many (input )?tokens',
        'reduce (the )?(length|size) of (the |your )?(messages|prompt|input|request)|reduce your (prompt|input)',
      ].join('|'),
      'i',
    ),
  },
  { reason: 'context_too_long', statuses: anyOf(429), words: /request too large|tokens must be reduced/i },
  {
    reason: 'quota_exceeded',
    statuses: () => true,
    words: new RegExp(
      [
        'insufficient[ _-]?(quota|balance|credit|fund)|(credit|account)s? balance|out of credit|(no|more) credits|payment required|arrear|overdue',
        'billing[_ ](error|hard|limit|not|issue|account)|exceeded_current_quota|(account|subscription)[^.]{0,20}(not active|suspended|inactive)',
        // Gemini says this of a minute's quota too; there the id of the quota tells.
        '^(?!.*RESOURCE_EXHAUSTED).*exceeded your current quota',
        '(spend(ing)?|usage|monthly|daily|hard|weekly)[ _-](spend )?(limit|cap|quota|allocation|free)',
        'per[ _-]?(day|week|month)|daily|\\b[RT]PD\\b|limit: 0(?![.\\d])',
      ].join('|'),
      'is',
    ),
  },
  {
    reason: 'refused',
    statuses: refusalOrForbidden,
    words:
      /content[ _]?(management )?(filter|policy)|content exists risk|ResponsibleAI|data_inspection_failed|inappropriate content|flagged|moderation|prohibited_content|blocked by[^.]{0,30}(safety|filter|guardrail)/i,
  },
  {
    reason: 'authentication',
    statuses: anyOf(400, 401, 403),
    words:
      /API_KEY_INVALID|api[ _-]?key[^.]{0,20}(invalid|not valid|expired|missing|not found|incorrect|required)|(invalid|incorrect|expired|missing|no|wrong)[ _-](api[ _-]?key|(access|bearer|auth)[ _-]token|auth|credential|subscription)|authentication_error|unauthenticated/i,
  },
  {
    reason: 'wrong_address',
    statuses: anyOf(400, 404, 405),
    words:
      /unexpected endpoint|invalid url|no route|(unknown|unrecognized|invalid) (path|endpoint|url|route)|(route|path|endpoint|page|file|url)[^.]{0,20} not found|cannot post|method not allowed/i,
  },
  {
    reason: 'model_not_found',
    statuses: anyOf(400, 403, 404, 410, 422),
    words:
      /model_not_found|DeploymentNotFound|model[^.]{0,80}(does not exist|doesn't exist|not found|not exist|is not available|is not supported|decommissioned|deprecated)|(unknown|invalid|no such|unsupported)[ _]model|no endpoints found|not a valid model/i,
  },
];

function refusalOrForbidden(status: number): boolean {
  return status === 403 || refusal(status);
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
  425: 'overloaded',
  429: 'rate_limited',
  // Groq: no capacity.
  498: 'overloaded',
  501: 'bad_request',
  503: 'overloaded',
  504: 'timeout',
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
  server_is_overloaded: 503,
  timeout_error: 504,
  deadline_exceeded: 504,
  overloaded_error: 529,
};
