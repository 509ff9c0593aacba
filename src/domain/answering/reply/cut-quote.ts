import { contentWords } from '../../shared/content-words.ts';
import { LANGUAGES } from '../grounding/languages.ts';
import { numbersIn } from '../grounding/pieces/numbers.ts';
import type { PromptLine } from '../prompt-line.ts';

/** Words of a line, and when they were said. */
export interface Quote {
  /** Whole words as the transcript has them, at most 300 characters. */
  quote: string;
  startMs: number;
  endMs: number;
}

const LONGEST = 300;
/** Words before the first one that matches, so that a quote does not begin in the middle of a thought. */
const LEAD = 3;

/**
 * The words of the line that best match the sentence that cites it: all of a short line, else the stretch that has most of
 * the sentence's words and numbers. Times inside the line are reckoned by its words.
 */
export function cutQuote(line: PromptLine, sentence: string): Quote {
  const words = [...line.text.matchAll(/\S+/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const [first, last] = line.text.length <= LONGEST ? [0, words.length - 1] : bestStretch(line.text, words, sentence);
  const [from, to] = [words[first]?.from ?? 0, words[last]?.to ?? 0];
  const timeOf = (word: number) =>
    Math.round(line.startMs + ((line.endMs - line.startMs) * word) / Math.max(1, words.length));
  return { quote: withinLimit(line.text.slice(from, to)), startMs: timeOf(first), endMs: timeOf(last + 1) };
}

interface Place {
  from: number;
  to: number;
}

/** First and last word of the stretch with most matching words; the earliest and the shortest of equals. */
function bestStretch(text: string, words: readonly Place[], sentence: string): [number, number] {
  const matches = matchesIn(text, words, sentence);
  let best = { count: 0, first: 0, last: lastWithin(words, 0) };
  for (const [first, match] of matches.entries()) {
    if (match === null) continue;
    const limit = lastWithin(words, first);
    const found = new Set<string>();
    let last = first;
    for (let at = first; at <= limit; at++) {
      const word = matches[at] ?? null;
      if (word === null || found.has(word)) continue;
      found.add(word);
      last = at;
    }
    const isShorter = found.size === best.count && last - first < best.last - best.first;
    if (found.size > best.count || (isShorter && best.count > 0)) best = { count: found.size, first, last };
  }
  if (best.count === 0) return [0, best.last];
  const to = (words[best.last] as Place).to;
  let first = Math.max(0, best.first - LEAD);
  while (first < best.first && to - (words[first] as Place).from > LONGEST) first++;
  return [first, Math.max(best.last, Math.min(lastWithin(words, first), sentenceEnd(text, words, best.last)))];
}

/** The last word up to which a stretch from this one is not too long. */
function lastWithin(words: readonly Place[], first: number): number {
  const from = words[first]?.from ?? 0;
  let last = first;
  while (last + 1 < words.length && (words[last + 1] as Place).to - from <= LONGEST) last++;
  return last;
}

function sentenceEnd(text: string, words: readonly Place[], from: number): number {
  const end = words.findIndex(({ to }, i) => i >= from && /[.!?…]["”»)]?$/.test(text.slice(0, to)));
  return end === -1 ? from : end;
}

/** What of the sentence each word of the line says: a word, a number, or nothing. */
function matchesIn(text: string, words: readonly Place[], sentence: string): (string | null)[] {
  const wanted = new Set(contentWords(sentence).map(stem));
  const numbers = new Set(numbersIn(sentence, LANGUAGES).flatMap(({ values }) => values));
  const said = numbersIn(text, LANGUAGES).filter(({ values }) => values.some((value) => numbers.has(value)));
  return words.map(({ from, to }) => {
    const number = said.find((each) => from < each.to && each.from < to);
    if (number !== undefined) return `#${number.from}`;
    const [word] = contentWords(text.slice(from, to));
    return word !== undefined && wanted.has(stem(word)) ? stem(word) : null;
  });
}

/** Plural and tense are no difference here. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies|es|s|ed|ing|e)$/, '') : word;
}

/** One word alone may be longer than a quote. */
function withinLimit(text: string): string {
  return text.length <= LONGEST ? text : text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
}
