import { events } from '../reply-server.ts';
import type { Kind } from './kind.ts';

const USAGE = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
const candidate = (parts: unknown, finishReason?: string, rest: object = {}) => ({
  content: { role: 'model', parts },
  finishReason,
  ...rest,
});
const reply = (...candidates: unknown[]) => ({ candidates, usageMetadata: USAGE, modelVersion: 'g' });
const says = (text: string, finishReason?: string) => reply(candidate([{ text }], finishReason));
const blue = { text: 'Blue.', finishReason: 'stop', model: 'g', tokens: '10/5' } as const;
const failure = (code: number, status: string, message: string, details: object[] = []) =>
  JSON.stringify({ error: { code, message, status, details } });
const ends = (finishReason: string, is: Kind['is']): Kind => ({
  kind: `the reason to stop ${finishReason} without text`,
  body: events(reply({ content: {}, finishReason })),
  is,
});

/** Fields of Gemini's protocol as it and its gateways send them. */
export const geminiFields: Kind[] = [
  {
    kind: 'several candidates',
    body: events(
      reply(candidate([{ text: 'Blue' }], undefined, { index: 0 }), candidate([{ text: 'Red' }], 'STOP', { index: 1 })),
      reply(candidate([{ text: '!' }], 'MAX_TOKENS', { index: 1 })),
      reply(candidate([{ text: '.' }], 'STOP', { index: 0 })),
    ),
    is: blue,
  },
  {
    kind: 'thoughts in chunks of their own, with signatures',
    body: events(
      reply(candidate([{ text: 'hm', thought: true }])),
      reply(candidate([{ text: 'Blue', thoughtSignature: 'zz' }])),
      reply(candidate([{ text: '.' }])),
      reply(candidate([{ text: '', thoughtSignature: 'zz' }], 'STOP')),
    ),
    is: blue,
  },
  {
    kind: 'parts of code and calls beside the text',
    body: JSON.stringify(
      reply(
        candidate(
          [{ executableCode: { code: 'x' } }, { text: 'Blue' }, null, { functionCall: {} }, { text: '.' }],
          'STOP',
        ),
      ),
    ),
    is: blue,
  },
  {
    kind: 'CRLF, cut byte by byte',
    body: events(says('Blue'), says('.', 'STOP')).replaceAll('\n', '\r\n'),
    pieceLength: 1,
    is: blue,
  },
  {
    kind: 'ratings of a prompt that is not blocked',
    body: events({ promptFeedback: { safetyRatings: [{ probability: 'LOW' }] } }, says('Blue.', 'STOP')),
    is: blue,
  },
  {
    kind: 'a chunk with nothing but the reason to stop',
    body: events(says('Blue.'), { candidates: [{ finishReason: 'STOP' }] }),
    is: blue,
  },
  {
    kind: 'an array of JSON with BOM and odd blanks',
    body: `\uFEFF[${JSON.stringify(says('Blue'))}\r\n,\r\n${JSON.stringify(says('.', 'STOP'))}\r\n]\r\n`,
    is: blue,
  },
  { kind: 'a break behind the reason to stop', body: events(says('Blue.', 'STOP')), breaks: true, is: blue },
  {
    kind: 'the limit after some text',
    body: events(says('Blue.', 'MAX_TOKENS')),
    is: { ...blue, finishReason: 'length' },
  },
  {
    kind: 'a recitation after some text',
    body: events(says('Blue.', 'RECITATION')),
    is: { ...blue, finishReason: 'content_filter' },
  },
  {
    kind: 'a reason to stop that is new',
    body: events(says('Blue.', 'NEW_REASON')),
    is: { ...blue, finishReason: 'other' },
  },
  ends('SAFETY', { reason: 'refused' }),
  ends('BLOCKLIST', { reason: 'refused' }),
  ends('SPII', { reason: 'refused' }),
  ends('MODEL_ARMOR', { reason: 'refused' }),
  ends('LANGUAGE', { reason: 'refused' }),
  ends('MALFORMED_FUNCTION_CALL', { reason: 'empty_reply' }),
  ends('FINISH_REASON_UNSPECIFIED', { reason: 'empty_reply' }),
  {
    kind: 'thoughts up to the limit',
    body: events(reply(candidate([{ text: 'hm', thought: true }], 'MAX_TOKENS'))),
    is: { reason: 'output_limit' },
  },
  {
    kind: 'thoughts alone',
    body: events(reply(candidate([{ text: 'hm', thought: true }], 'STOP'))),
    is: { reason: 'empty_reply' },
  },
  {
    kind: 'a prompt that is blocked, with an empty list',
    body: JSON.stringify({ promptFeedback: { blockReason: 'OTHER' }, candidates: [] }),
    is: { reason: 'refused' },
  },
  {
    kind: 'a prompt that is blocked, in a stream with nothing else',
    body: events({ promptFeedback: { blockReason: 'SAFETY' } }),
    is: { reason: 'refused' },
  },
  {
    kind: 'an array of one error with status 200',
    body: `[${failure(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).')}]`,
    is: { reason: 'rate_limited' },
  },
  {
    kind: 'an error of the service in a stream',
    body: events(says('Blue'), JSON.parse(failure(500, 'INTERNAL', 'An internal error has occurred.'))),
    is: { reason: 'server_error' },
  },
  {
    kind: 'a deadline',
    status: 504,
    body: failure(504, 'DEADLINE_EXCEEDED', 'The request timed out.'),
    is: { reason: 'timeout' },
  },
  {
    kind: 'a key without rights',
    status: 403,
    body: failure(403, 'PERMISSION_DENIED', 'Permission denied: Consumer has been suspended.'),
    is: { reason: 'permission' },
  },
  {
    kind: 'a missing model',
    status: 404,
    body: failure(
      404,
      'NOT_FOUND',
      'models/asked is not found for API version v1beta, or is not supported for generateContent.',
    ),
    is: { reason: 'model_not_found' },
  },
  {
    kind: 'a limit of 0 requests',
    status: 429,
    body: failure(
      429,
      'RESOURCE_EXHAUSTED',
      'You exceeded your current quota. Quota exceeded for metric: generate_content_free_tier_requests, limit: 0',
    ),
    is: { reason: 'quota_exceeded' },
  },
  {
    kind: 'a wait in words',
    status: 429,
    body: failure(
      429,
      'RESOURCE_EXHAUSTED',
      'Quota exceeded for requests per minute, limit: 10. Please retry in 7.25s.',
    ),
    is: { reason: 'rate_limited', retryAfterMs: 7_250 },
  },
  {
    kind: 'too many tokens',
    status: 400,
    body: failure(
      400,
      'INVALID_ARGUMENT',
      'The input token count exceeds the maximum number of tokens allowed 1048576.',
    ),
    is: { reason: 'context_too_long' },
  },
  ends('IMAGE_SAFETY', { reason: 'refused' }),
  ends('OTHER', { reason: 'empty_reply' }),
  ends('UNEXPECTED_TOOL_CALL', { reason: 'empty_reply' }),
  {
    kind: 'the names of fields with underscores',
    body: events(
      { candidates: [{ content: { parts: [{ text: 'hm', thought: true }, { text: 'Blue.' }] } }] },
      {
        candidates: [{ content: {}, finish_reason: 'STOP' }],
        usage_metadata: { prompt_token_count: 10, candidates_token_count: 5 },
        model_version: 'g',
      },
    ),
    is: blue,
  },
  {
    kind: 'a blocked prompt in names with underscores',
    body: JSON.stringify({ prompt_feedback: { block_reason: 'SAFETY' } }),
    is: { reason: 'refused' },
  },
  {
    kind: 'a reply within a field `response`',
    body: events({ response: says('Blue') }, { response: says('.', 'STOP'), traceId: 't' }),
    is: blue,
  },
  {
    kind: 'an error as lines of JSON behind events',
    body: `${events(says('Blue'))}${JSON.stringify({ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }, null, 2)}\n`,
    is: { reason: 'overloaded' },
  },
  {
    kind: 'an array of JSON that breaks off',
    body: JSON.stringify([says('Blue'), says('.', 'STOP')]).slice(0, -40),
    is: { reason: 'malformed_reply' },
  },
  {
    kind: 'an error in an array behind text',
    body: `[${JSON.stringify(says('Blue'))},\n${failure(503, 'UNAVAILABLE', 'high demand')}]`,
    is: { reason: 'overloaded' },
  },
  {
    kind: 'a request that was cancelled there',
    status: 499,
    body: failure(499, 'CANCELLED', 'The operation was cancelled.'),
    is: { reason: 'connection' },
  },
  {
    kind: 'a payload that is too large',
    status: 400,
    body: failure(400, 'INVALID_ARGUMENT', 'Request payload size exceeds the limit: 20971520 bytes.'),
    is: { reason: 'context_too_long' },
  },
  {
    kind: 'a service that is not switched on',
    status: 403,
    body: failure(
      403,
      'PERMISSION_DENIED',
      'Generative Language API has not been used in project 1 before or it is disabled.',
      [{ reason: 'SERVICE_DISABLED' }],
    ),
    is: { reason: 'permission' },
  },
];
