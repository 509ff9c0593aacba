import type { Grounding, UnsupportedPiece } from '../../ask/grounding.ts';
import { wordsIn } from '../../shared/words.ts';
import type { GroundingInput } from './grounding-input.ts';
import { LANGUAGES, type Language, languageOf, type Reading } from './languages.ts';
import { missingFacts, missingNames } from './look-up.ts';
import { sentencesOf } from './sentences.ts';
import { statedReader } from './stated.ts';

/** How facts are looked up; another number means that the rules changed. */
export const METHOD = 'look-up/3';

const FEW_WORDS = 12;

/** Looks up the numbers, dates, names and quotations of an answer in the lines that it cites. */
export function checkGrounding(answer: GroundingInput): Grounding {
  const { parts, saysNotFound } = answer;
  const cited = [...new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [part.cited])))];
  const result = (status: Grounding['status'], unsupported: UnsupportedPiece[] = []) => ({
    status,
    method: METHOD,
    unsupported,
  });
  if (cited.length === 0) return result(saysNotFound ? 'not_found' : 'uncited');
  const sentences = sentencesOf(parts);
  const answerLanguage = languageOf(withoutQuotations(sentences.map(({ text }) => text).join('\n')));
  const lineLanguage = languageOf(cited.map(({ text }) => text).join('\n'), 'undecided');
  // A few words hardly tell a language.
  const isShort = cited.reduce((sum, { text }) => sum + wordsIn(text), 0) < FEW_WORDS;
  if (answerLanguage === 'unknown' || lineLanguage === 'unknown') return result('unchecked');
  const languages = {
    answer: known(answerLanguage) ?? known(lineLanguage) ?? 'en',
    lines: isShort || known(lineLanguage) === null ? LANGUAGES : [known(lineLanguage) ?? 'en'],
  };
  const statedIn = statedReader(answer, languages);
  const unsupported = sentences.flatMap(({ text, cited: own }) => {
    if (own.length === 0) return missingFacts(text, statedIn(cited), languages);
    const stated = statedIn(own);
    return [...missingFacts(text, stated, languages), ...missingNames(text, stated, answer.speakers, languages)];
  });
  return unsupported.length === 0 ? result('supported') : result('partial', unsupported);
}

function withoutQuotations(text: string): string {
  return text.replace(/[“„"«][^“”„"«»]*[”"»]/g, ' ');
}

function known(reading: Reading): Language | null {
  return reading === 'unknown' || reading === 'undecided' ? null : reading;
}
