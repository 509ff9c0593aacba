import { isMarker } from '../markers.ts';

/** What a pair of brackets, or several in one, says. */
export interface MarkerBrackets {
  /** The session's own markers in them, in order; none where all of them are unknown, so that nothing is shown. */
  markers: string[];
  /** Where the reply goes on behind them. */
  end: number;
  /** Whether they say that nothing in scope answers. */
  saysNotFound: boolean;
  /** How many words in them have the form of a marker and are not the session's. */
  dropped: number;
}

/** What a model writes in a marker's place where nothing that it was shown answers. */
export const NOT_FOUND = 'none';

/** Everything that can begin such brackets. */
export const FIRST_CHARACTERS = '\\\\^＾\\[［【〖〔⟦(（{<「『《〈⟨⟪‹*_';

const OPEN = '[\\[［【〖〔⟦]';
const CLOSE = '[\\]］】〗〕⟧)）]';
const ROUND_OPEN = '[(（{<「『《〈⟨⟪‹]';
const ROUND_CLOSE = '[)）}>」』》〉⟩⟫›\\]］]';
/** Other brackets and code cannot stand within. */
const WITHIN = '[^\\[\\]［］【】〖〗〔〕⟦⟧()（）`]';
const LETTER = '[2-9b-df-hj-km-np-tv-xzB-DF-HJ-KM-NP-TV-XZ]';
/** `[^k7x2m]`, and as models bend it: `\[^k7x2m\]`, `^[k7x2m]`, `【^k7x2m】`, `[k7x2m]`. */
const PAIR = new RegExp(`\\\\?\\^?\\\\?${OPEN}(${WITHIN}{0,200})${CLOSE}`, 'y');
/** `(^k7x2m)`, `{k7x2m}`: any other word may stand in brackets of these kinds. */
const ROUND = new RegExp(`\\\\?${ROUND_OPEN}(${WITHIN}{0,60}?)${ROUND_CLOSE}`, 'y');
const TAGS = ['sup', 'sub', 'cite', 'ref', 'citation', 'source'];
/** `<sup>^k7x2m</sup>`. */
const TAGGED = new RegExp(`<(${TAGS.join('|')})>([^<\`]{0,100})</\\1>`, 'iy');
/** `[1](^k7x2m)`: the model's own number links to the marker. */
const NUMBERED = /\[\d{0,3}\]\(([^()\s]{1,60})\)/y;
/** `^k7x2m` without brackets, or with one that nothing closes. */
const BARE = new RegExp(`\\\\?(?:${OPEN}\\s{0,2})?\\\\?[\\^＾](${LETTER}{5})(?![\\p{L}\\p{N}])\\^?`, 'uy');
/** The first of two in `[[^k7x2m]]`. */
const OUTER_OPEN = new RegExp(`\\\\?${OPEN}\\s{0,4}(?=\\\\?\\^?\\\\?${OPEN})`, 'y');
const OUTER_CLOSE = new RegExp(`\\\\?${CLOSE}`, 'y');
const BETWEEN = /[\s,;]{0,4}/y;
/** `[^k7x2m](#k7x2m)`: the link belongs to the brackets. */
const LINK = /\((?:#|https?:|\.{0,2}\/)[^()\s]{0,200}\)/y;
/** What stands around brackets, and goes with them where nothing is shown: `(`, `**`. */
const WRAPPING = /(?:[(（]|\*{1,3}|_{1,3})\s{0,2}(?=\\?\^?\\?[[［【〖〔⟦])/y;
const MOST_PAIRS = 8;

/** What may still become brackets, or belong to them, once more of the reply is there. */
const INNER_SO_FAR = `\\\\?\\^?\\\\?(?:${OPEN}${WITHIN}{0,200}${CLOSE})`;
const PART_OF_PAIR = `\\\\?\\^?\\\\?(?:${OPEN}${WITHIN}{0,200})?`;
const PART_OF_LINK = '(?:\\([^()\\s]{0,200})?';
const UNFINISHED = [
  PART_OF_PAIR,
  `\\\\?${ROUND_OPEN}[\\s*_\\u200b]{0,4}(?:[\\^＾]${WITHIN}{0,60}|${LETTER}{0,5}|${LETTER}{5}[\\s,;^]${WITHIN}{0,50})?`,
  `\\\\?${OPEN}\\s{0,4}(?:${INNER_SO_FAR}[\\s,;]{0,4}){0,${MOST_PAIRS}}(?:${PART_OF_PAIR})?`,
  `(?:${INNER_SO_FAR}|\\\\?${ROUND_OPEN}[^()]{0,60}${ROUND_CLOSE})${PART_OF_LINK}`,
  `\\\\?${OPEN}\\s{0,4}(?:${INNER_SO_FAR}[\\s,;]{0,4}){1,${MOST_PAIRS}}\\\\?${CLOSE}${PART_OF_LINK}`,
  `\\\\?[\\^＾]${LETTER}{0,5}\\^?`,
  `(?:[(（]|[*_]{1,3})\\s{0,2}(?:${PART_OF_PAIR}|${INNER_SO_FAR}\\s{0,2}[*_]{0,3})`,
  `<(?:${TAGS.flatMap((tag) => [...tag].map((_, i) => tag.slice(0, i + 1))).join('|')})?(?:>[^<\`]{0,100}(?:</?[a-z]{0,8})?)?`,
].map((form) => new RegExp(`^(?:${form})$`));
/** No unfinished form is longer. */
const LONGEST_UNFINISHED = 2_000;

/** Whether the text from here on may be the beginning of brackets whose end has not arrived. */
export function mayBeUnfinished(text: string, at: number): boolean {
  if (text.length - at > LONGEST_UNFINISHED) return false;
  const rest = text.slice(at);
  return UNFINISHED.some((form) => form.test(rest));
}

/** The brackets that begin here, where they cite something or try to; null where they are the model's own words. */
export function readBrackets(text: string, at: number, known: (marker: string) => boolean): MarkerBrackets | null {
  const wrapped = matchEnd(WRAPPING, text, at);
  if (wrapped !== null) return readWrapped(text, at, wrapped, known);
  for (const found of [doubleAt(text, at), numberedAt(text, at), pairAt(text, at), bareAt(text, at, known)]) {
    if (found === null) continue;
    const read = found.insides.map((inside) => understood(inside, found.isRound, known));
    if (!read.every((each) => each !== null)) continue;
    return {
      markers: read.flatMap(({ markers }) => markers),
      end: matchEnd(LINK, text, found.end) ?? found.end,
      saysNotFound: read.some(({ saysNotFound }) => saysNotFound),
      dropped: read.reduce((sum, { dropped }) => sum + dropped, 0),
    };
  }
  return null;
}

/** Brackets of which nothing is shown, with what stands around them. */
function readWrapped(
  text: string,
  at: number,
  inner: number,
  known: (marker: string) => boolean,
): MarkerBrackets | null {
  const read = readBrackets(text, inner, known);
  if (read === null || read.markers.length > 0) return null;
  const opening = text.slice(at, inner).trim();
  const closing = opening === '(' ? ')' : opening === '（' ? '）' : opening;
  const end = read.end + (/^\s{0,2}/.exec(text.slice(read.end, read.end + 2))?.[0].length ?? 0);
  return text.startsWith(closing, end) ? { ...read, end: end + closing.length } : null;
}

interface Found {
  insides: string[];
  end: number;
  isRound: boolean;
}

function doubleAt(text: string, at: number): Found | null {
  let end = matchEnd(OUTER_OPEN, text, at);
  if (end === null) return null;
  const insides: string[] = [];
  for (let pair = pairAt(text, end); pair !== null && insides.length < MOST_PAIRS; pair = pairAt(text, end)) {
    insides.push(...pair.insides);
    end = matchEnd(BETWEEN, text, pair.end) ?? pair.end;
  }
  const closed = matchEnd(OUTER_CLOSE, text, end);
  return closed === null || insides.length === 0 ? null : { insides, end: closed, isRound: false };
}

/** The insides of one pair, with the caret that may stand before it. */
function pairAt(text: string, at: number): Found | null {
  for (const form of [PAIR, TAGGED, ROUND]) {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match === null) continue;
    const caret = form === PAIR && /^\\?\^/.test(match[0]) ? '^' : '';
    return { insides: [caret + match.at(-1)], end: form.lastIndex, isRound: form !== PAIR };
  }
  return null;
}

function numberedAt(text: string, at: number): Found | null {
  NUMBERED.lastIndex = at;
  const match = NUMBERED.exec(text);
  return match && { insides: [match[1] ?? ''], end: NUMBERED.lastIndex, isRound: true };
}

/** Only a marker of the session's own: anything may stand behind a caret. */
function bareAt(text: string, at: number, known: (marker: string) => boolean): Found | null {
  BARE.lastIndex = at;
  const [, marker = ''] = BARE.exec(text) ?? [];
  return known(marker.toLowerCase()) ? { insides: [`^${marker}`], end: BARE.lastIndex, isRound: true } : null;
}

/** What one pair says; null where it is something else, such as a footnote `[^1]` or a word in brackets. */
function understood(
  inside: string,
  isRound: boolean,
  known: (marker: string) => boolean,
): Omit<MarkerBrackets, 'end'> | null {
  const plain = inside
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[*_~\\[\]]/g, '')
    .trim()
    .toLowerCase();
  const words = (plain.match(WORD) ?? []).flatMap((word) => glued(word, known));
  const own = words.filter(known);
  const isOnlyMarkers = words.every((word) => isMarker(word) || isTime(word) || word === NOT_FOUND);
  const hasCaret = plain.startsWith('^');
  const saysNotFound = hasCaret && isOnlyMarkers && words.includes(NOT_FOUND);
  const dropped = words.filter((word) => isMarker(word) && !known(word)).length;
  if (own.length > 0 && (!isRound || isOnlyMarkers)) return { markers: own, saysNotFound, dropped };
  const isUnknown = hasCaret && isOnlyMarkers && words.some((word) => isMarker(word) || word === NOT_FOUND);
  return isUnknown ? { markers: [], saysNotFound, dropped } : null;
}

/** A time is one word. */
const WORD = /\d{1,3}(?::\d\d){1,2}|[\p{L}\p{N}]+/gu;
const MARKERS_IN_A_ROW = /.{5}/gu;

/** Markers without anything between them. */
function glued(word: string, known: (marker: string) => boolean): string[] {
  const parts = word.length > 5 && word.length % 5 === 0 ? (word.match(MARKERS_IN_A_ROW) ?? []) : [];
  return parts.length > 0 && parts.every(known) ? parts : [word];
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

function isTime(word: string): boolean {
  return /^\d{1,3}(?::\d\d){1,2}$/.test(word);
}

function matchEnd(form: RegExp, text: string, at: number): number | null {
  form.lastIndex = at;
  return form.test(text) ? form.lastIndex : null;
}
