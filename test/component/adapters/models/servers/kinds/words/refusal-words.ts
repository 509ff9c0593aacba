import type { Kind } from '../kind.ts';

const json = (body: unknown) => JSON.stringify(body);
const page = { 'content-type': 'text/html' };
const html = (title: string) =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

const kindsOf = (is: Kind['is'], replies: [number, string][]): Kind[] =>
  replies.map(([status, message]) => ({
    kind: `${'reason' in is ? is.reason : ''}: ${status} ${message}`,
    status,
    body: json({ error: { message } }),
    is,
  }));

/** Quotas, waits, keys, models and addresses, as many servers put them into words. */
export const refusalWords: Kind[] = [
  ...kindsOf({ reason: 'quota_exceeded' }, [
    [402, 'You have exceeded your monthly included credits for Inference Providers.'],
    [402, 'Insufficient Balance'],
    [402, 'This request requires more credits, or fewer max_tokens.'],
    [403, 'Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys'],
    [400, 'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.'],
    [400, 'Budget has been exceeded! Current cost: 5.01, Max budget: 5.0'],
    [400, 'Billing hard limit has been reached'],
    [429, 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day'],
    [429, 'Your account does not have enough credits. Please recharge.'],
    [429, 'You have run out of credits.'],
    [403, '用户额度不足'],
    [429, '余额不足或无可用资源包,请充值。'],
    [429, 'Allocated quota exceeded for the month.'],
    [403, 'The free tier of the model has been exhausted.'],
  ]),
  ...kindsOf({ reason: 'rate_limited' }, [
    [429, 'Rate limit exceeded: free-models-per-min.'],
    [
      429,
      'This request would exceed your organization’s rate limit of 40,000 input tokens per minute. Please reduce the prompt length or the maximum tokens requested, or contact sales about usage.',
    ],
    [429, 'Quota exceeded for aiplatform.googleapis.com/generate_content_requests_per_minute_per_project.'],
    [429, 'Requests rate limit exceeded'],
    [429, '您的账户已达到速率限制，请您控制请求频率'],
  ]),
  ...(
    [
      ['Rate limit reached for m in organization o on tokens per min. Please try again in 20s.', 20_000],
      ['Rate limit reached. Please try again in 1.5s.', 1_500],
      ['Rate limit reached. Please try again in 216ms.', 216],
      ['Rate limit reached. Please try again in 1m12.5s.', 72_500],
      ['Please retry after 24 seconds.', 24_000],
      ['Please retry in 41.123s.', 41_123],
      ['Too many requests, wait 2 minutes and try again in 2 minutes', 120_000],
    ] as const
  ).map(
    ([message, retryAfterMs]): Kind => ({
      kind: `a wait in words: ${message}`,
      status: 429,
      body: json({ error: { message } }),
      is: { reason: 'rate_limited', retryAfterMs },
    }),
  ),
  {
    kind: 'a wait with its unit in the header',
    status: 429,
    headers: { 'retry-after': '12s' },
    body: json({ error: 'slow down' }),
    is: { reason: 'rate_limited', retryAfterMs: 12_000 },
  },
  {
    kind: 'a wait in a field of the body',
    status: 429,
    body: json({ error: { message: 'slow down', retry_after: 3 } }),
    is: { reason: 'rate_limited', retryAfterMs: 3_000 },
  },
  {
    kind: 'a wait of 0, and a date that has passed',
    status: 429,
    headers: { 'retry-after-ms': '0', 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
    body: json({ error: 'slow down' }),
    is: { reason: 'rate_limited' },
  },
  ...kindsOf({ reason: 'authentication' }, [
    [401, 'No auth credentials found'],
    [401, 'Authentication Fails (no such user)'],
    [401, 'Access denied due to invalid subscription key or wrong API endpoint.'],
    [403, 'The security token included in the request is expired'],
    [400, 'API key not valid. Please pass a valid API key.'],
    [401, 'Unexpected token limit in header'],
  ]),
  ...kindsOf({ reason: 'permission' }, [[403, 'Project `proj_x` does not have access to model `asked`']]),
  ...kindsOf({ reason: 'model_not_found' }, [
    [400, 'vendor/asked is not a valid model ID'],
    [400, 'Invalid model: asked'],
    [400, 'Model Not Exist'],
    [400, 'The provided model identifier is invalid.'],
    [404, 'No models loaded. Please load a model in the developer page.'],
    [404, 'The model `asked` does not exist or you do not have access to it.'],
    [400, 'The model `asked` has been decommissioned and is no longer supported.'],
    [404, 'No endpoints found matching your data policy'],
  ]),
  ...kindsOf({ reason: 'overloaded' }, [
    [503, 'Loading model'],
    [503, 'Model asked is currently loading'],
  ]),
  {
    kind: 'an overload in the words of a stream',
    body: `data:${json({ error: 'Model is overloaded', error_type: 'overloaded' })}\n\n`,
    is: { reason: 'overloaded' },
  },
  {
    kind: 'a rate limit in the words of a body with status 200',
    body: json({ error: 'Rate limit exceeded, please try again in 2s' }),
    is: { reason: 'rate_limited', retryAfterMs: 2_000 },
  },
  {
    kind: 'no balance by the outcome of MiniMax',
    body: json({ id: '1', choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }),
    is: { reason: 'quota_exceeded' },
  },
  ...(
    [
      ['502 Bad Gateway', 'server_error'],
      ['503 Service Temporarily Unavailable', 'overloaded'],
      ['504 Gateway Time-out', 'timeout'],
      ['Internal Server Error', 'server_error'],
      ['429 Too Many Requests', 'rate_limited'],
      ['403 Forbidden', 'permission'],
      ['404 Not Found', 'wrong_address'],
      ['Sign in to your account', 'wrong_address'],
      ['Open WebUI', 'wrong_address'],
    ] as const
  ).map(
    ([title, reason]): Kind => ({
      kind: `a page with status 200: ${title}`,
      headers: page,
      body: html(title),
      is: { reason },
    }),
  ),
  ...(
    [
      ['Internal Server Error', 'server_error'],
      ['upstream connect error or disconnect/reset before headers', 'server_error'],
      ['no healthy upstream', 'overloaded'],
      ['error code: 502', 'server_error'],
      ['Method Not Allowed', 'wrong_address'],
    ] as const
  ).map(
    ([body, reason]): Kind => ({
      kind: `words with status 200: ${body}`,
      headers: { 'content-type': 'text/plain' },
      body,
      is: { reason },
    }),
  ),
];
