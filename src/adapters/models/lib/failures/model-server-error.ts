import type { ProviderFailureReason } from '../../../../domain/shared/provider-failures.ts';
import { reasonFor } from './failure-table.ts';
import { retryAfterMs, shouldRetry } from './retry-headers.ts';
import { errorIn, type Said, saidIn } from './said.ts';
import { statusInWords } from './status-words.ts';

interface Failed {
  /** Undefined for an error in a reply with status 200. */
  status?: number;
  headers: Headers;
  said: Said;
  /** Whether the body is a web page. */
  isPage?: boolean;
  /** Where the table of failures has nothing to decide. */
  reason?: ProviderFailureReason;
}

/** A longer wait is a quota that does not come back within a turn. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** What a model server says to be a failure, in a status or in a body. It stays within the adapters: its words are for the log. */
export class ModelServerError extends Error {
  readonly reason: ProviderFailureReason;
  readonly status: number | undefined;
  readonly said: Said;
  readonly retryAfterMs: number | undefined;
  /** What the server itself says about trying again. */
  readonly shouldRetry: boolean | undefined;

  constructor({ status, headers, said, isPage = false, reason }: Failed) {
    super('The model server answered with a failure.');
    const wait = retryAfterMs(headers, Date.now()) ?? said.retryAfterMs;
    const found = reason ?? reasonFor(status, said, isPage);
    const waitsTooLong = found === 'rate_limited' && wait !== undefined && wait > LONGEST_WAIT_MS;
    this.reason = waitsTooLong ? 'quota_exceeded' : found;
    this.status = status ?? said.status;
    this.said = said;
    // What has used up the quota of a day still names the wait of a minute.
    this.retryAfterMs = found === 'quota_exceeded' ? undefined : wait;
    this.shouldRetry = shouldRetry(headers);
  }
}

/** The failure that a reply with an error status is. @param text its body */
export function errorOfResponse({ status, headers }: Response, text: string): ModelServerError {
  const json = parsedJson(text);
  if (json !== undefined) return new ModelServerError({ status, headers, said: saidIn(json) });
  return new ModelServerError({ status, headers, said: saidIn(text), isPage: isWebPage(text) });
}

/** The failure that a body without any part of the protocol is: a server at another address, unless its words tell more. */
export function errorOfStranger(body: unknown, headers: Headers): ModelServerError {
  if (typeof body === 'string') return errorOfWords(body, headers);
  const said = errorIn(body) ?? saidIn(body);
  return new ModelServerError({ headers, said, reason: strangerUnless(reasonFor(undefined, said)) });
}

/** A page or a line with which a proxy tells an error, and forgets the status. */
function errorOfWords(body: string, headers: Headers): ModelServerError {
  const isPage = isWebPage(body);
  const said = saidIn(isPage ? titleOf(body) : body);
  const status = statusInWords(said.text);
  if (status !== undefined) {
    return new ModelServerError({ headers, said: { ...said, status }, reason: reasonFor(status, said, isPage) });
  }
  return new ModelServerError({
    headers,
    said,
    reason: isPage ? 'wrong_address' : strangerUnless(reasonFor(undefined, said)),
  });
}

function strangerUnless(reason: ProviderFailureReason): ProviderFailureReason {
  return reason === 'server_error' ? 'wrong_address' : reason;
}

/** What a page says is about something else. */
function isWebPage(text: string): boolean {
  return /^\s*</.test(text);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function titleOf(page: string): string {
  return /<(title|h1)\b[^>]*>([^<]*)/i.exec(page)?.[2]?.trim() ?? '';
}
