import { wordsIn } from '../../shared/words.ts';
import { speakersIn } from '../question/speaker-names.ts';
import { bestFirst, type Scored } from './candidate.ts';

/** What a passage loses of its score where nobody speaks whom the question names. */
const SPEAKER_SHARE = 0.4;
/** The most characters of a speaker's name. */
const LONGEST_NAME = 60;

/** Where the question names people who speak in the passages: the less of a passage is theirs, the less it counts. */
export function preferSpeakers(question: string, candidates: readonly Scored[]): Scored[] {
  const lines = candidates.map(({ text }) => labelledLines(text));
  const named = speakersIn(question, [...new Set(lines.flat().map(({ speaker }) => speaker))]).known;
  if (named.length === 0) return [...candidates];
  const names = new Set(named.flatMap(({ speakers }) => speakers));
  return bestFirst(
    candidates.map((candidate, i) => {
      const share = shareOf(names, lines[i] ?? []);
      return { ...candidate, score: candidate.score * (1 - SPEAKER_SHARE * (1 - share)) };
    }),
  );
}

interface LabelledLine {
  speaker: string;
  said: string;
}

/** The lines of a passage that name who speaks. */
function labelledLines(text: string): LabelledLine[] {
  const lines: LabelledLine[] = [];
  for (const line of text.split('\n')) {
    const end = line.indexOf(':');
    if (end >= 1 && end <= LONGEST_NAME && line[end + 1] === ' ')
      lines.push({ speaker: line.slice(0, end), said: line.slice(end + 2) });
  }
  return lines;
}

/** The part of the words that these people say. */
function shareOf(names: ReadonlySet<string>, lines: readonly LabelledLine[]): number {
  let [own, all] = [0, 0];
  for (const { speaker, said } of lines) {
    const words = wordsIn(said);
    all += words;
    if (names.has(speaker)) own += words;
  }
  return all === 0 ? 0 : own / all;
}
