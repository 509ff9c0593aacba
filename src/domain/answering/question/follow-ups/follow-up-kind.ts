import { contentWords } from '../../../shared/content-words.ts';
import { wordsOf } from '../../../shared/words.ts';
import { languageOf } from '../../grounding/languages.ts';
import { dayOf } from '../dates/calendar.ts';
import { datePhrases } from '../dates/date-phrases.ts';
import { namesPlace } from '../meeting-order.ts';
import { readablePart } from '../readable-part.ts';
import { EMPTY_PRONOUNS, OPENINGS, POINTING, PRONOUNS } from './pointing-words.ts';
import { TALK_WORDS } from './talk-words.ts';

/**
 * How a question stands to the one before it: `same`, it has no subject of its own ("Why?", "Who said that?"); `leans`, it
 * asks something more about that subject ("And the cost of it?"); `unclear`; `alone`, it needs nothing said before.
 */
export type FollowUpKind = 'same' | 'leans' | 'unclear' | 'alone';

export interface FollowUp {
  kind: FollowUpKind;
  /** Its own words that carry a subject. */
  subject: string[];
}

type Known = keyof typeof TALK_WORDS;
const LANGUAGES = Object.keys(TALK_WORDS) as Known[];
const setOf = (words: string) => new Set(words.split(' '));
const VOCABULARY = new Map(
  LANGUAGES.map((language) => {
    const { grammar, talk, roles } = TALK_WORDS[language];
    return [language, { words: setOf(`${grammar} ${talk}`), roles: setOf(roles) }];
  }),
);

/** A name between these words is somebody who speaks, as in "Did Dana agree?". */
const SPEAKER = new RegExp(
  `(?<!\\p{L})(?:${'did does has have had was is were and or by hat haben und sagt meint sagte meinte et pense y dijo piensa'
    .split(' ')
    .map((word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`)
    .join('|')}|[Ww]hat about|[Hh]ow about)\\s+\\p{Lu}\\p{Ll}+(?:\\s+\\p{Lu}\\p{Ll}+)?`,
  'gu',
);
/** So few words in a language that is not known may or may not be a subject. */
const FEW_WORDS = 2;
/** A question about people that is longer than this says what it means. */
const MANY_WORDS = 10;
/** Any day: only whether a question names one is looked at. */
const SOME_DAY = dayOf('2026-01-01T00:00:00Z', 'UTC');

export function followUpOf(asked: string): FollowUp {
  const question = readablePart(asked);
  const [best, ...others] = LANGUAGES.map((language) => ({ language, ...leftOf(question, language) })).sort(
    (a, b) => a.subject.length - b.subject.length,
  );
  if (best === undefined) return { kind: 'alone', subject: [] };
  const { subject } = best;
  // A tie means that the words tell no language.
  const readings = [best, ...others.filter((other) => other.subject.length === subject.length)];
  const points = readings.some(({ language }) => pointsBack(question, language, subject));
  if (points) return { kind: subject.length === 0 && !best.names ? 'same' : 'leans', subject };
  if (isForeign(question)) return { kind: 'unclear', subject };
  if (namesTime(question)) return { kind: 'alone', subject };
  const length = wordsOf(question).length;
  if (subject.length === 0 && !best.names) return { kind: 'same', subject };
  if (subject.length === 0 && length < MANY_WORDS) return { kind: 'leans', subject };
  return { kind: length <= FEW_WORDS ? 'unclear' : 'alone', subject };
}

/** Its words that carry a subject in this language, and whether it names people. */
function leftOf(question: string, language: Known): { subject: string[]; names: boolean } {
  const known = VOCABULARY.get(language);
  const unnamed = question.replace(SPEAKER, (phrase) => phrase.split(/\s+/)[0] ?? '');
  const words = language === 'en' ? contentWords(unnamed) : [...new Set(wordsOf(unnamed))];
  const left = words.map(withoutPronoun).filter((word) => !known?.words.has(word) && word.length > 1);
  const subject = left.filter((word) => !known?.roles.has(word));
  return { subject, names: unnamed !== question || subject.length < left.length };
}

/** "explicarlo" is "explicar". */
function withoutPronoun(word: string): string {
  return word.replace(/(?<=[aeií]r)(?:l[oa]s?|me|nos|se)$/, '');
}

function pointsBack(question: string, language: Known, subject: readonly string[]): boolean {
  if (OPENINGS[language].test(question) || POINTING[language].some((form) => form.test(question))) return true;
  const plain = question.replace(EMPTY_PRONOUNS[language], ' ');
  // A pronoun behind a noun or a name of the question may stand for that.
  return [...plain.matchAll(PRONOUNS[language])].some(({ index }) => {
    const before = plain.slice(0, index);
    const nouns = leftOf(before, language);
    return !nouns.names && subject.filter((word) => nouns.subject.includes(word)).length < MOST_BEFORE;
  });
}

/** "the cost of it" has one noun before its pronoun, which does not mean the cost. */
const MOST_BEFORE = 2;

/** In a language whose words of talk are not known. */
function isForeign(question: string): boolean {
  const letters = question.match(/\p{L}/gu)?.length ?? 0;
  const latin = question.match(/\p{sc=Latin}/gu)?.length ?? 0;
  return latin < letters / 2 || languageOf(question) === 'unknown';
}

function namesTime(question: string): boolean {
  return namesPlace(question) || datePhrases({ text: question, today: SOME_DAY }).length > 0;
}
