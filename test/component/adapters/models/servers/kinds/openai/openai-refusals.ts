import type { Kind } from '../kind.ts';

const json = (body: unknown) => JSON.stringify(body);
const page = { 'content-type': 'text/html' };

/** Refusals in OpenAI's protocol: quotas, keys, addresses, models. */
export const openAiRefusals: Kind[] = [
  {
    kind: 'no quota',
    status: 429,
    body: json({
      error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' },
    }),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'no balance',
    status: 403,
    body: json({ error: { message: 'Your account is suspended due to insufficient balance' } }),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'no more requests of the day',
    status: 429,
    body: json({ error: { message: 'Rate limit reached for m on tokens per day (TPD): Limit 100000' } }),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'a wait of hours',
    status: 429,
    headers: { 'retry-after': '40000' },
    body: json({ error: { message: 'slow down' } }),
    is: { reason: 'quota_exceeded', retryAfterMs: 40_000_000 },
  },
  {
    kind: 'a rate limit with a wait',
    status: 429,
    headers: { 'retry-after': '12' },
    body: json({ error: { message: 'slow down', code: 'rate_limit_error' } }),
    is: { reason: 'rate_limited', retryAfterMs: 12_000 },
  },
  {
    kind: 'a rate limit that speaks of quotas',
    status: 429,
    body: json({
      error: {
        code: '429',
        message: 'Requests have exceeded token rate limit of your pricing tier. See https://aka.ms/oai/quotaincrease',
      },
    }),
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'too many tokens of a minute',
    status: 429,
    body: json({ __type: 'ThrottlingException', message: 'Too many tokens, please wait before trying again.' }),
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'no capacity of Groq',
    status: 498,
    body: json({ error: { message: 'Flex tier capacity exceeded' } }),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'a key that has expired',
    status: 403,
    body: json({ error: { message: 'The API key has expired' } }),
    is: { reason: 'authentication' },
  },

  {
    kind: 'an unexpected endpoint with status 200',
    body: json({ error: 'Unexpected endpoint or method. (POST /chat/completions)' }),
    is: { reason: 'wrong_address' },
  },
  {
    kind: 'a web page with status 200',
    headers: page,
    body: '<!doctype html><title>Hello</title>',
    is: { reason: 'wrong_address' },
  },
  {
    kind: 'words with status 200',
    headers: { 'content-type': 'text/plain' },
    body: 'Ollama is running',
    is: { reason: 'wrong_address' },
  },
  { kind: 'JSON of another service', body: json({ status: 'ok', version: '0.5.1' }), is: { reason: 'wrong_address' } },
  {
    kind: 'a missing page',
    status: 404,
    headers: page,
    body: '<html>Not Found</html>',
    is: { reason: 'wrong_address' },
  },
  { kind: 'a missing path', status: 404, body: json({ detail: 'Not Found' }), is: { reason: 'wrong_address' } },
  {
    kind: 'a missing file of llama.cpp',
    status: 404,
    body: json({ error: { message: 'File Not Found', type: 'not_found_error', code: 404 } }),
    is: { reason: 'wrong_address' },
  },
  { kind: 'a method that is not allowed', status: 405, body: '', is: { reason: 'wrong_address' } },
  {
    kind: 'a missing model',
    status: 404,
    body: json({ error: { message: 'model "asked" not found, try pulling it first', type: 'api_error' } }),
    is: { reason: 'model_not_found' },
  },
  {
    kind: 'a missing deployment',
    status: 404,
    body: json({
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    }),
    is: { reason: 'model_not_found' },
  },
  {
    kind: 'content that the filter of Azure refuses',
    status: 400,
    body: json({ error: { code: 'content_filter', message: 'The response was filtered' } }),
    is: { reason: 'refused' },
  },
  {
    kind: 'what a server cannot do',
    status: 501,
    body: json({ error: { code: 501, message: 'not supported', type: 'not_supported_error' } }),
    is: { reason: 'bad_request' },
  },
  {
    kind: 'a request that llama.cpp cannot parse',
    status: 400,
    body: json({
      error: {
        code: 400,
        message: '[json.exception.parse_error.101] parse error at line 1',
        type: 'invalid_request_error',
      },
    }),
    is: { reason: 'bad_request' },
  },
];
