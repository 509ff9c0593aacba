import { contentWords } from '../../../shared/content-words.ts';
import type { Language } from '../languages.ts';
import { joinLetters } from '../sentences.ts';
import { isCommonNoun } from './common-nouns.ts';
import { isAlias, isKnownName } from './name-aliases.ts';

export interface FoundName {
  text: string;
  kind: 'name' | 'speaker';
  /** The words of it that must be found. */
  words: string[];
}

/** Who speaks in what the model was shown. */
export type Speakers = readonly string[];

const ROLES = [
  'expert',
  'manager',
  'designer',
  'lead',
  'leader',
  'officer',
  'engineer',
  'director',
  'specialist',
  'developer',
];
const ROLE = `(?:\\s+(?:${ROLES.map((role) => `[${role[0]}${role[0]?.toUpperCase()}]${role.slice(1)}`).join('|')})\\b)?`;

/** Mentions of people who speak in what was shown: their whole label, with a word for a role behind it. */
export function speakersIn(
  text: string,
  speakers: Speakers,
): (FoundName & { from: number; to: number; speaker: string })[] {
  return speakers.flatMap((speaker) => {
    const flags = /\s/.test(speaker) ? 'giu' : 'gu';
    const label = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(speaker)}(?![\\p{L}\\p{N}])${ROLE}`, flags);
    return [...text.matchAll(label)].map((match) => ({
      text: speaker,
      kind: 'speaker' as const,
      words: nameWords(speaker),
      speaker,
      from: match.index,
      to: match.index + match[0].length,
    }));
  });
}

const CAPITALISED =
  /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}\p{M}\p{N}]*(?:[-’'.&][\p{L}\p{N}]+)*|\p{Ll}\p{Lu}[\p{L}\p{N}]+)/gu;
/** Capital letters that name nobody: pronouns, days, months, money, and abbreviations that any text has. */
const NO_NAMES = new Set(
  `i i'm i'd i'll i've ok okay tv ui id pm am gb mb kb tb ghz mhz khz hz kw kwh mw db rpm fps kpi roi eta usd eur gbp chf euro euros dollar dollars pound pounds cent cents ceo cfo cto hr it pc vs
  mr mrs ms dr prof lcd led usb dvd cd pdf monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
  november december english german french spanish q1 q2 q3 q4 faq`.split(/\s+/),
);
/** Openings of a sentence in which the first word is a name: who does or is something. */
const DOES =
  /^(?:['’]s)?\s+(?:(?:of|from|at)\s+(?:the\s+)?\p{L}+\s+)?(?:is|was|has|had|will|would|can|could|should|did|does|said|says|asked|asks|told|tells|thinks|thought|wants|wanted|likes|liked|went|goes|called|introduced|recommended|proposed|suggested|mentioned|studied|joked|noted|explained|comes|came|gave|made|and\s+\p{Lu}|\p{Ll}+ed|responsible)\b/u;
const COMMON_ENDING = /(?:ing|tion|ments?|ness|ity|ism|ship|ance|ence|age|ure|logy|ers|ors|ics|ly)$/u;

/** What tells names from other words with a capital. */
export interface NameHints {
  language: Language;
  /** Whether the word, in lower case, is part of a speaker's name. */
  isSpeaker(word: string): boolean;
  /** Whether the lines have the word, in lower case, as a common one. */
  isCommon(word: string): boolean;
}

/**
 * Names in a sentence: words with a capital that do not begin it, and those that begin it where what follows tells that
 * somebody does something. German writes every noun so: there, only the names of speakers are known.
 */
export function namesIn(sentence: string, hints: NameHints): FoundName[] {
  const text = joinLetters(sentence);
  const names: { words: string[]; to: number }[] = [];
  for (const match of text.matchAll(CAPITALISED)) {
    const word = match[0].replace(/['’]s?$/u, '');
    const to = match.index + match[0].length;
    if (NO_NAMES.has(word.toLowerCase()) || /^\p{Lu}$/u.test(word)) continue;
    const last = names.at(-1);
    const behind = text.slice(match.index + word.length);
    if (hints.language === 'de' && !hints.isSpeaker(word.toLowerCase())) continue;
    const between = last === undefined ? '' : text.slice(last.to, match.index);
    // "Frankfurt am Main" is Frankfurt.
    if (last !== undefined && /^\s(?:am|an der|upon|sur)\s$/.test(between)) last.to = to;
    else if (last !== undefined && /^(?:\s|\s?&\s)$/.test(between)) {
      last.words.push(word);
      last.to = to;
    } else if (!isFirst(text, match.index) || isNameAtStart(word, behind, hints)) names.push({ words: [word], to });
  }
  return names.map(({ words }) => {
    const parts = words.flatMap(nameWords);
    return { text: words.join(' '), kind: parts.every(hints.isSpeaker) ? 'speaker' : 'name', words: parts };
  });
}

const TITLE = /(?:^|[\s("“])(?:Dr|Prof|Mr|Mrs|Ms|St|Hr|Fr|Sr|Sra|Mme)\.\s*$|\p{Lu}\.\s?\p{Lu}\.\s*$/u;

function isFirst(text: string, at: number): boolean {
  if (TITLE.test(text.slice(Math.max(0, at - 8), at))) return false;
  return /(?:^|[:.!?|–—•(“"„«‘*]\s*)$/u.test(text.slice(Math.max(0, at - 4), at));
}

function isNameAtStart(word: string, behind: string, { isSpeaker, isCommon }: NameHints): boolean {
  const lower = word.toLowerCase();
  if (/^\p{Ll}|\p{Ll}\p{Lu}/u.test(word) || isSpeaker(lower)) return true;
  if (/^\p{Lu}\p{Ll}+-\p{Lu}\p{Ll}/u.test(word)) return true;
  const isNoun = !isKnownName(lower) && (COMMON_ENDING.test(lower) || isCommonNoun(lower));
  if (contentWords(lower).length === 0 || isNoun || isCommon(lower)) return false;
  return (
    /^\s(?:&\s)?\p{Lu}\p{Ll}/u.test(behind) ||
    DOES.test(behind) ||
    /^['’]s\s/u.test(behind) ||
    /^\s(?:phones?|boxes)\b/.test(behind)
  );
}

/** Whether every word of the name stands among these, whatever its ending. */
export function isNamed(words: readonly string[], known: ReadonlySet<string>): boolean {
  // "New York City" is New York.
  const own = words.length > 1 ? words.filter((word) => !GENERIC.has(word)) : words;
  // "Los Angeles" is LA.
  if (words.length > 1 && known.has(asShortForm(words.map((word) => word[0]).join('')))) return true;
  return own.every((word) => known.has(word) || [...known].some((other) => isSameName(word, other)));
}

/** The words of texts as names are looked up: lower case, also two together, as `PowerPoint` may be `power point`. */
export function knownWords(texts: readonly string[]): Set<string> {
  const known = new Set<string>();
  for (const text of texts) {
    const words = nameWords(text);
    for (const [i, word] of words.entries()) {
      known.add(word);
      if (i > 0) known.add(words[i - 1] + word);
    }
    for (const [name] of text.matchAll(SEVERAL_CAPITALS)) known.add(name.replace(/[^\p{Lu}]/gu, '').toLowerCase());
    for (const [name] of text.matchAll(SHORT_FORM)) known.add(asShortForm(name));
  }
  return known;
}

/** "New York City", of which NYC is short. */
const SEVERAL_CAPITALS = /\p{Lu}\p{Ll}+(?:\s(?:(?:of|and|de|der|the)\s)?\p{Lu}\p{Ll}+){1,4}/gu;

const SHORT_FORM = /(?<![\p{L}\p{N}])\p{Lu}{2,5}(?![\p{L}\p{N}])/gu;

/** LA, which stands for two words; "la" does not. */
function asShortForm(letters: string): string {
  return `#${letters.toLowerCase()}`;
}

function nameWords(text: string): string[] {
  return (
    joinLetters(text)
      .replace(/['’]s\b/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? []
  );
}

const GENERIC = new Set(
  'city state university inc ltd llc gmbh ag corp corporation company group team department office street avenue'.split(
    ' ',
  ),
);
const SHORTEST_STEM = 4;

/** `Lego` and `Legos`, `Play-Do` and `Play-Doh`. */
function isSameName(a: string, b: string): boolean {
  if (a === `${b}s` || b === `${a}s` || folded(a) === folded(b) || isAlias(a, b)) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= SHORTEST_STEM && long.startsWith(short) && long.length - short.length <= 2;
}

/** `Müller`, `Mueller` and `Muller`. */
function folded(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  return plain.replace(/(?<=[aou])e(?=[^aeiou]|$)/g, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
}
