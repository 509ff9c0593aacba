import { events } from '../reply-server.ts';
import type { Kind } from './kind.ts';

const USAGE = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
const candidate = (parts: unknown, finishReason?: string) => ({ content: { role: 'model', parts }, finishReason });
const reply = (...candidates: object[]) => ({ candidates, usageMetadata: USAGE, modelVersion: 'g' });
const BLUE = reply(candidate([{ text: 'Blue.' }], 'STOP'));
const blue = { text: 'Blue.', finishReason: 'stop', model: 'g', tokens: '10/5' } as const;

const quota = (quotaId: string) => ({
  error: {
    code: 429,
    message: 'You exceeded your current quota, please check your plan and billing details.',
    status: 'RESOURCE_EXHAUSTED',
    details: [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '41s' },
    ],
  },
});
const failure = (code: number, status: string, message: string, details: object[] = []) =>
  JSON.stringify({ error: { code, message, status, details } });

/** Each reply as one body and as a stream of one event. */
const both = (kind: string, document: object, is: Kind['is']): Kind[] => [
  { kind: `${kind}, in one body`, body: JSON.stringify(document), is },
  { kind: `${kind}, in a stream`, body: events(document), is },
];

/** Replies in Gemini's protocol. */
export const geminiKinds: Kind[] = [
  ...both(
    'a thought before the text',
    reply(candidate([{ text: 'hm', thought: true }, { text: 'Blue.' }], 'STOP')),
    blue,
  ),
  ...both(
    'counts of thinking',
    { ...BLUE, usageMetadata: { ...USAGE, thoughtsTokenCount: 7 } },
    { ...blue, tokens: '10/12' },
  ),
  ...both('no counts and no model', { candidates: BLUE.candidates }, { ...blue, model: 'asked', tokens: '~25/2' }),
  ...both(
    'nulls',
    { ...BLUE, promptFeedback: null, usageMetadata: null, modelVersion: null },
    { ...blue, model: 'asked', tokens: '~25/2' },
  ),
  ...both('a text that the filter cut', reply(candidate([{ text: 'Blue' }], 'SAFETY')), {
    text: 'Blue',
    finishReason: 'content_filter',
  }),
  {
    kind: 'counts after the end',
    body: events(reply(candidate([{ text: 'Blue.' }], 'STOP')), { usageMetadata: USAGE }),
    is: blue,
  },
  {
    kind: 'a stream as an array of JSON',
    body: JSON.stringify([reply(candidate([{ text: 'Blue' }])), reply(candidate([{ text: '.' }], 'STOP'))], null, 2),
    is: blue,
  },
  { kind: 'comments and names of events', body: `: ping\n\nevent: message\n${events(BLUE)}data: [DONE]\n\n`, is: blue },

  ...both(
    'a blocked prompt',
    { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: USAGE },
    { reason: 'refused' },
  ),
  ...both('thinking up to the limit', reply({ content: { role: 'model' }, finishReason: 'MAX_TOKENS' }), {
    reason: 'output_limit',
  }),
  ...both('a recitation', reply({ finishReason: 'RECITATION' }), { reason: 'refused' }),
  ...both('an end without parts', reply({ content: { role: 'model' }, finishReason: 'STOP' }), {
    reason: 'empty_reply',
  }),
  ...both('no candidate and no content', reply({ finishReason: 'OTHER' }), { reason: 'empty_reply' }),
  { kind: 'counts alone in one body', body: JSON.stringify({ usageMetadata: USAGE }), is: { reason: 'empty_reply' } },
  { kind: 'counts alone in a stream', body: events({ usageMetadata: USAGE }), is: { reason: 'connection' } },
  { kind: 'no candidates in one body', body: JSON.stringify(reply()), is: { reason: 'empty_reply' } },
  { kind: 'no candidates in a stream', body: events(reply()), is: { reason: 'connection' } },
  {
    kind: 'an overload',
    status: 503,
    body: failure(503, 'UNAVAILABLE', 'The model is overloaded.'),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'an overload after text',
    body: events(reply(candidate([{ text: 'Blue' }])), {
      error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' },
    }),
    is: { reason: 'overloaded' },
  },
  {
    kind: 'the quota of a minute',
    status: 429,
    body: JSON.stringify(quota('GenerateRequestsPerMinutePerProjectPerModel-FreeTier')),
    is: { reason: 'rate_limited', retryAfterMs: 41_000 },
  },
  {
    kind: 'the quota of a day',
    status: 429,
    body: JSON.stringify(quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier')),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'an error as the first of an array',
    status: 429,
    body: JSON.stringify([quota('GenerateRequestsPerMinute')]),
    is: { reason: 'rate_limited', retryAfterMs: 41_000 },
  },
  {
    kind: 'a page with status 500',
    status: 500,
    headers: { 'content-type': 'text/html' },
    body: '<html>error</html>',
    is: { reason: 'server_error' },
  },
  {
    kind: 'a key that has expired',
    status: 400,
    body: failure(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.', [
      { reason: 'API_KEY_INVALID' },
    ]),
    is: { reason: 'authentication' },
  },
  {
    kind: 'a place that is not served',
    status: 400,
    body: failure(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    is: { reason: 'bad_request' },
  },
  {
    kind: 'a page at another address',
    status: 404,
    headers: { 'content-type': 'text/html' },
    body: '<html>404</html>',
    is: { reason: 'wrong_address' },
  },
];
