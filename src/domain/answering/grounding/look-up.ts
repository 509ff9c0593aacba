import type { UnsupportedPiece } from '../../ask/grounding.ts';
import { contentWords } from '../../shared/content-words.ts';
import { languageOf } from './languages.ts';
import { datesIn, isStatedDate } from './pieces/dates.ts';
import { isNamed, knownWords, namesIn, speakersIn } from './pieces/names.ts';
import { isPiece, isStatedNumber } from './pieces/number-pieces.ts';
import { numbersIn } from './pieces/numbers.ts';
import { ordinalsIn } from './pieces/ordinals.ts';
import { isQuoted, quotationsIn, sharedWords } from './pieces/quotations.ts';
import { namedParts } from './pieces/spoken-shares.ts';
import { isStatedTime, isWithin, timesIn } from './pieces/times.ts';
import type { Languages, Stated } from './stated.ts';

/** The numbers, dates and quotations of a sentence that are not stated. */
export function missingFacts(sentence: string, stated: Stated, languages: Languages): UnsupportedPiece[] {
  const { rest, missing } = missingQuotations(sentence, stated, languages);
  const dates = datesIn(rest);
  const withoutDates = without(rest, dates);
  const times = timesIn(withoutDates);
  const plain = without(withoutDates, times);
  const numbers = numbersIn(plain, [languages.answer]).filter((number) => isPiece(number, plain));
  return [
    ...missing,
    ...dates
      .filter(({ readings }) => !readings.some((date) => isStatedDate(date, stated.dates())))
      .filter(({ text }) => !isStatedNumerically(text, stated.numbers()))
      .map(({ text }) => ({ text, kind: 'date' as const })),
    ...times
      .filter((time) => !isStatedTime(time, stated.times()) && !isWithin(time, stated.lines))
      // `2h15` may be a length.
      .filter(({ seconds }) => !seconds.some((length) => stated.lengths().has(length)))
      .map(({ text }) => ({ text, kind: 'number' as const })),
    ...numbers
      .filter((number) => !isStatedNumber(number, plain, stated.numbers()))
      .map(({ text }) => ({ text, kind: 'number' as const })),
    ...namedParts(plain)
      .filter(({ share }) => ![share, Math.round(100 * share)].some((value) => stated.numbers().has(value)))
      .map(({ text }) => ({ text, kind: 'number' as const })),
    ...scoresIn(plain)
      .filter(({ values }) => !values.every((value) => stated.numbers().has(value)))
      .map(({ text }) => ({ text, kind: 'number' as const })),
    ...ordinalsIn(plain)
      .filter(({ value }) => !stated.ordinals().has(value))
      .map(({ text }) => ({ text, kind: 'number' as const })),
  ];
}

/** `2/3` may be a date or a part, and `8/10` a mark; the first day of "5 to 9 June" is a number. */
function isStatedNumerically(text: string, stated: ReadonlySet<number>): boolean {
  if (/^\d{1,2}$/.test(text)) return stated.has(Number(text));
  const [, part, whole] = /^(\d{1,2})\/(\d{1,2})$/.exec(text)?.map(Number) ?? [];
  if (part === undefined || whole === undefined) return false;
  const isShare = [...stated].some((value) => Math.abs(value - part / whole) < 1e-6);
  return isShare || (stated.has(part) && stated.has(whole));
}

/** `7:3`: a score or a ratio. */
function scoresIn(text: string): { text: string; values: number[] }[] {
  return [...text.matchAll(/(?<![\d:.,])(\d{1,2}):(\d)(?![\d:])/g)].map(([score, a, b]) => ({
    text: score,
    values: [Number(a), Number(b)],
  }));
}

/** The names of a sentence that nobody has who speaks in its lines, and that nobody says there. */
export function missingNames(
  sentence: string,
  { lines, texts }: Stated,
  speakers: readonly string[],
  { answer: language }: Languages,
): UnsupportedPiece[] {
  const text = without(sentence, quotationsIn(sentence));
  const speaking = lines.flatMap(({ speaker }) => speaker ?? []);
  const mentioned = speakersIn(text, speakers);
  const said = texts.join('\n').toLowerCase();
  const speakerWords = knownWords(speakers);
  const names = namesIn(without(text, mentioned, 'x'), {
    language,
    isSpeaker: (word) => speakerWords.has(word),
    isCommon: (word) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(texts.join('\n')),
  });
  if (names.length + mentioned.length === 0) return [];
  const known = knownWords([...texts, ...speaking]);
  return [
    ...mentioned
      .filter(({ text: speaker }) => !speaking.includes(speaker) && !said.includes(speaker.toLowerCase()))
      .map(({ text: name, kind }) => ({ text: name, kind })),
    ...names.filter(({ words }) => !isNamed(words, known)).map(({ text: name, kind }) => ({ text: name, kind })),
  ];
}

/** A quotation in another language than the lines is a translation, which no line has word by word. */
const SHARED_BY_CHANCE = 0.5;

function missingQuotations(sentence: string, { texts }: Stated, languages: Languages) {
  const all = [...new Set([languages.answer, ...languages.lines])];
  const quotations = quotationsIn(sentence);
  const missing = quotations
    .filter(({ text }) => !isQuoted(text, texts, all))
    .filter(({ text }) => !(mayBeTranslated(text, languages) && sharedWords(text, texts, all) < SHARED_BY_CHANCE))
    .map(({ text }) => ({ text, kind: 'quote' as const }));
  return { rest: without(sentence, quotations), missing };
}

function mayBeTranslated(quotation: string, { answer, lines }: Languages): boolean {
  const language = languageOf(quotation);
  if (language === 'undecided' || language === 'unknown' || contentWords(quotation).length === 0)
    return !lines.includes(answer);
  return !lines.includes(language);
}

/** The text with blanks, or another letter, where these stood. */
function without(text: string, found: readonly { from: number; to: number }[], letter = ' '): string {
  let rest = text;
  for (const { from, to } of found) rest = rest.slice(0, from) + letter.repeat(to - from) + rest.slice(to);
  return rest;
}
