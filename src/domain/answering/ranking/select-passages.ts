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
  const recordings = new Set(ranked.map(({ recordingId }) => recordingId));
  const most = recordings.size === 1 ? limit : Math.ceil(limit * RECORDING_SHARE);
  const taken: Scored[] = [];
  const overCap: Scored[] = [];
  const texts = new DistinctTexts();
  const fromRecording = new Map<RecordingId, number>();
  for (const candidate of ranked) {
    if (taken.length === limit) break;
    if (!texts.add(candidate.text)) continue;
    const count = fromRecording.get(candidate.recordingId) ?? 0;
    fromRecording.set(candidate.recordingId, count + 1);
    (count < most ? taken : overCap).push(candidate);
  }
  return bestFirst([...taken, ...overCap.slice(0, limit - taken.length)]);
}

/** Texts of which none nearly repeats another. A look at each sequence of a new text tells what it shares with all of them. */
class DistinctTexts {
  /** How many sequences each text has. */
  readonly #sizes: number[] = [];
  /** The texts in which a sequence stands. */
  readonly #textsWith = new Map<string, number[]>();

  /** @returns false for a text that nearly repeats one that is there; it is left out */
  add(text: string): boolean {
    const sequences = sequencesOf(text);
    const shared = new Map<number, number>();
    for (const sequence of sequences) {
      for (const other of this.#textsWith.get(sequence) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    // The Jaccard index of the two sets of sequences.
    const repeats = ([other, both]: [number, number]) =>
      both / (sequences.size + (this.#sizes[other] ?? 0) - both) > SAME_TEXT;
    if ([...shared].some(repeats)) return false;
    const own = this.#sizes.push(sequences.size) - 1;
    for (const sequence of sequences) {
      const texts = this.#textsWith.get(sequence);
      if (texts === undefined) this.#textsWith.set(sequence, [own]);
      else texts.push(own);
    }
    return true;
  }
}

function sequencesOf(text: string): Set<string> {
  const words = wordsOf(text);
  const last = Math.max(1, words.length - SEQUENCE_LENGTH + 1);
  return new Set(Array.from({ length: last }, (_, i) => words.slice(i, i + SEQUENCE_LENGTH).join(' ')));
}
