import { ApiError } from '../../sdk/api-error.ts';

/** A failure in words: what it is, and what to do about it. */
export interface Problem {
  title: string;
  text: string;
}

export function problemOf(failure: unknown): Problem {
  if (!(failure instanceof ApiError)) return { title: 'Something went wrong in this page', text: 'Load it again.' };
  const { status, error, retryAfterS } = failure;
  const wait = retryAfterS === null ? '' : ` Try again in ${retryAfterS} s.`;
  return { title: TITLES[error.code] ?? `The service answered with an error (${status})`, text: error.message + wait };
}

const TITLES: Record<string, string> = {
  unreachable: 'The service cannot be reached',
  unknown: 'What answered is not this service',
  indexing_failed: 'It was received, but it could not be indexed',
  internal_error: 'The service made a mistake',
  already_exists: 'There is one like this already',
  turn_cancelled: 'The question was stopped',
  gone: 'This is no longer kept',
  not_a_transcript: 'This is no transcript',
  invalid_request: 'The service did not accept this',
  unauthorized: 'This key is not valid',
  forbidden: 'This key may not do that',
  not_found: 'There is no such thing, or this key may not see it',
  transcription_not_ready: 'The transcript is not ready yet',
  transcript_too_large: 'The transcript is too long for one question',
  payload_too_large: 'This file is too large',
  rate_limit_exceeded: 'Too many requests',
  provider_error: 'The model did not answer',
  unavailable: 'A part of the service is down; nothing is lost',
  turn_in_progress: 'The answer takes longer than usual',
};
