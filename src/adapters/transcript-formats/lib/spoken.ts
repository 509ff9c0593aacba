/** Lines that one voice says, free of markup. */
export interface Spoken {
  /** The name in the voice tag around them; null where there is none. */
  voice: string | null;
  lines: string[];
}

/** How long speech lasts whose end nobody wrote: 150 words a minute are usual. */
export const MS_A_WORD = 400;

/** Letters or digits: what has none says nothing. */
export const HAS_WORDS = /[\p{L}\p{N}]/u;

/** White space that is more than single spaces between words. */
const UNEVEN = /^\s|\s$|\s\s|[^\S ]/;

/** White space collapsed to single spaces, none at the ends. */
export function oneLine(text: string): string {
  return UNEVEN.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}
