/** Characters of one segment: two hours of unbroken speech. It bounds what one segment costs in memory and in the store. */
export const MAX_TEXT_LENGTH = 100_000;

export const TOO_LONG = `must have at most ${MAX_TEXT_LENGTH} characters; split it into several segments`;

/** Characters of a speaker's name. */
export const MAX_SPEAKER_LENGTH = 200;
