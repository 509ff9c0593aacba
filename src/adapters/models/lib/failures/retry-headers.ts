import { durationMs } from './waits.ts';

/** What a provider's reply says about trying again, in the headers that OpenAI, Anthropic and their gateways send. */

/** `x-should-retry`: the provider's own verdict; undefined where it gives none. */
export function shouldRetry(headers: Headers): boolean | undefined {
  const verdict = headers.get('x-should-retry');
  if (verdict === 'true') return true;
  return verdict === 'false' ? false : undefined;
}

/** How long to wait: `retry-after-ms`, else `retry-after` in seconds or as an HTTP date. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  return (
    positive(headers.get('retry-after-ms'), Number) ??
    positive(headers.get('retry-after'), durationMs) ??
    positive(headers.get('retry-after'), (value) => Date.parse(value) - now)
  );
}

function positive(value: string | null, read: (value: string) => number | undefined): number | undefined {
  if (value === null) return undefined;
  const milliseconds = Math.ceil(read(value) ?? 0);
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;
}
