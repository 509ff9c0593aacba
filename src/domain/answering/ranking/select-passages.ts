import type { RecordingId } from '../../shared/ids.ts';
import { wordsOf } from '../../shared/words.ts';
import { bestFirst, type Scored } from './candidate.ts';

/** Passages that share more than this part of their word sequences say the same. */
const SAME_TEXT = 0.7;
const SEQUENCE_LENGTH = 4;
/** The most that one recording may take of a result over several. */
const RECORDING_SHARE = 0.75;

/** The best `limit` passages: none nearly repeats a better one, and where others have some too, not all are of one recording. */
export function select(ranked: readonly Scored[], limit: number): Scored[] {
  const most = Math.ceil(limit * RECORDING_SHARE);
  const taken: Scored[] = [];
  const overCap: Scored[] = [];
  const sequences: Set<string>[] = [];
  const fromRecording = new Map<RecordingId, number>();
  for (const candidate of ranked) {
    if (taken.length === limit) break;
    const own = sequencesOf(candidate.text);
    if (sequences.some((other) => overlap(own, other) > SAME_TEXT)) continue;
    sequences.push(own);
    const count = fromRecording.get(candidate.recordingId) ?? 0;
    fromRecording.set(candidate.recordingId, count + 1);
    (count < most ? taken : overCap).push(candidate);
  }
  return bestFirst([...taken, ...overCap.slice(0, limit - taken.length)]);
}

function sequencesOf(text: string): Set<string> {
  const words = wordsOf(text);
  const last = Math.max(1, words.length - SEQUENCE_LENGTH + 1);
  return new Set(Array.from({ length: last }, (_, i) => words.slice(i, i + SEQUENCE_LENGTH).join(' ')));
}

/** The Jaccard index of two sets. */
function overlap(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const sequence of a) if (b.has(sequence)) shared++;
  return shared / (a.size + b.size - shared);
}
