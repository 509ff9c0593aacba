import { wordsIn } from '../../shared/words.ts';
import { speakersIn } from '../question/speaker-names.ts';
import { bestFirst, type Scored } from './candidate.ts';

/** What a passage loses of its score where nobody speaks whom the question names. */
const SPEAKER_SHARE = 0.4;
const LABELLED_LINE = /^([^:\n]{1,60}): (.*)$/;

/** Where the question names people who speak in the passages: the less of a passage is theirs, the less it counts. */
export function preferSpeakers(question: string, candidates: readonly Scored[]): Scored[] {
  const spoken = candidates.map(({ text }) => wordsBySpeaker(text));
  const named = speakersIn(question, [...new Set(spoken.flatMap((words) => [...words.keys()]))]).known;
  if (named.length === 0) return [...candidates];
  const names = new Set(named.flatMap(({ speakers }) => speakers));
  return bestFirst(
    candidates.map((candidate, i) => {
      const share = shareOf(names, spoken[i] ?? new Map());
      return { ...candidate, score: candidate.score * (1 - SPEAKER_SHARE * (1 - share)) };
    }),
  );
}

/** How many words of a passage each of its speakers says. Lines without a name are left out. */
function wordsBySpeaker(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, speaker, said = ''] = LABELLED_LINE.exec(line) ?? [];
    if (speaker !== undefined) words.set(speaker, (words.get(speaker) ?? 0) + wordsIn(said));
  }
  return words;
}

function shareOf(names: ReadonlySet<string>, spoken: ReadonlyMap<string, number>): number {
  let [own, all] = [0, 0];
  for (const [speaker, words] of spoken) {
    all += words;
    if (names.has(speaker)) own += words;
  }
  return all === 0 ? 0 : own / all;
}
