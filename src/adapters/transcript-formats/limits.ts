import { AskError } from '../../domain/shared/errors.ts';

/** Segments of one transcript: some 300 hours of speech. */
export const MAX_SEGMENTS = 500_000;

/** Characters of one segment: two hours of unbroken speech. It bounds what one segment costs in memory and in the store. */
export const MAX_TEXT_LENGTH = 100_000;

export const TOO_LONG = `must have at most ${MAX_TEXT_LENGTH} characters; split it into several segments`;

/**
 * Characters of one line, and of one cue or block with its markup. A regular expression that finds millions of places in a
 * longer one takes more memory than the thread may have, and V8 then ends the process.
 */
export const MAX_RAW_LENGTH = 1024 * 1024;

/** Characters of a speaker's name. */
export const MAX_SPEAKER_LENGTH = 200;

/** Objects and lists in JSON: the words of the largest legal body, each with its times, are two thirds of it. */
export const MAX_CONTAINERS = 2_000_000;

/** Levels of nesting in JSON. */
export const MAX_DEPTH = 32;

/** Characters of one element of JSON: a segment with the times of its words. */
export const MAX_ELEMENT_LENGTH = 4 * 1024 * 1024;

/** A 413 that names what is too large. */
export function tooLarge(field: string, reason: string, limit: number): AskError {
  return new AskError('payload_too_large', `${field}: ${reason}`, { details: { field, reason, limit } });
}

/** A 413 for a line, a cue or a block above `MAX_RAW_LENGTH`. @param at its name in errors */
export function tooLong(at: string): AskError {
  return tooLarge(at, `must have at most ${MAX_RAW_LENGTH} characters with its markup`, MAX_RAW_LENGTH);
}
