import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  PROVIDER_FAILURES,
  type ProviderFailureReason,
} from '../../../../../../../src/domain/shared/provider-failures.ts';
import type { Kind } from '../kind.ts';

const json = (body: unknown) => JSON.stringify(body);
const reason = z.custom<ProviderFailureReason>((name) => typeof name === 'string' && name in PROVIDER_FAILURES);
/** What vendors and gateways answer, and what it comes to. */
const refusals = z
  .array(
    z.strictObject({
      vendor: z.string(),
      status: z.int(),
      reason,
      retryAfterMs: z.int().optional(),
      body: z.unknown(),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'vendor-refusals.json'), 'utf8')));

const PAGES: [number, string, ProviderFailureReason][] = [
  [403, 'Sorry, you have been blocked', 'permission'],
  [429, 'Error 1015: You are being rate limited', 'rate_limited'],
  [502, 'Bad gateway: the model is not found', 'server_error'],
  [520, 'Web server is returning an unknown error', 'server_error'],
  [521, 'Web server is down', 'server_error'],
  [522, 'Connection timed out', 'timeout'],
  [523, 'Origin is unreachable', 'server_error'],
  [524, 'A timeout occurred', 'timeout'],
  [525, 'SSL handshake failed', 'server_error'],
  [530, 'Error 1033: Cloudflare Tunnel error', 'server_error'],
];

const WAITS: [Record<string, string>, number | undefined][] = [
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after-ms': '1500.7', 'retry-after': '9' }, 1_501],
  [{ 'retry-after-ms': '-1', 'retry-after': '2.5' }, 2_500],
  [{ 'retry-after': ' 7 ' }, 7_000],
  [{ 'retry-after': '1m30s' }, 90_000],
];

/** Refusals in the words of vendors and gateways, by OpenAI's protocol or beside it. */
export const vendorWords: Kind[] = [
  ...refusals.map(
    ({ vendor, status, body, ...is }): Kind => ({
      kind: `${vendor} with ${status}: ${json(body).slice(0, 90)}`,
      status,
      body: json(body),
      is,
    }),
  ),
  ...PAGES.map(
    ([status, title, reason]): Kind => ({
      kind: `a page with ${status}: ${title}`,
      status,
      headers: { 'content-type': 'text/html' },
      body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
      is: { reason },
    }),
  ),
  ...WAITS.map(
    ([headers, retryAfterMs]): Kind => ({
      kind: `a rate limit with ${json(headers)}`,
      status: 429,
      headers,
      body: json({ error: 'slow down' }),
      is: { reason: 'rate_limited', retryAfterMs },
    }),
  ),
  {
    kind: 'the wait of an overload that is a date long ago',
    status: 529,
    headers: { 'retry-after': 'Sat, 01 Jan 2000 00:00:00 GMT' },
    body: '',
    is: { reason: 'overloaded' },
  },
];
