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

/**
 * Texts of which none nearly repeats another. A look at each sequence of a new text tells what it shares with all of them. A
 * search has tens of thousands of sequences: each is a number of 32 bits, because texts and their lists would take most of its time.
 */
class DistinctTexts {
  readonly #numbers = new Map<string, number>();
  /** How many sequences each text has. */
  readonly #sizes: number[] = [];
  /** The first text in which a sequence stands, and the others. */
  readonly #firstWith = new Map<number, number>();
  readonly #othersWith = new Map<number, number[]>();

  /** @returns false for a text that nearly repeats one that is there; it is left out */
  add(text: string): boolean {
    const sequences = this.#sequencesOf(text);
    const shared = new Map<number, number>();
    const count = (other: number) => shared.set(other, (shared.get(other) ?? 0) + 1);
    for (const sequence of sequences) {
      const first = this.#firstWith.get(sequence);
      if (first === undefined) continue;
      count(first);
      this.#othersWith.get(sequence)?.forEach(count);
    }
    // The Jaccard index of the two sets of sequences.
    const repeats = ([other, both]: [number, number]) =>
      both / (sequences.size + (this.#sizes[other] ?? 0) - both) > SAME_TEXT;
    if ([...shared].some(repeats)) return false;
    const own = this.#sizes.push(sequences.size) - 1;
    for (const sequence of sequences) {
      if (!this.#firstWith.has(sequence)) this.#firstWith.set(sequence, own);
      else this.#othersWith.set(sequence, [...(this.#othersWith.get(sequence) ?? []), own]);
    }
    return true;
  }

  #sequencesOf(text: string): Set<number> {
    const words = wordsOf(text).map((word) => this.#numberOf(word));
    const sequences = new Set<number>();
    for (let end = Math.min(SEQUENCE_LENGTH, words.length); end <= words.length; end++) {
      let sequence = 0;
      for (let i = Math.max(0, end - SEQUENCE_LENGTH); i < end; i++)
        sequence = Math.imul(sequence, 0x9e3779b1) + (words[i] ?? 0);
      sequences.add(sequence | 0);
    }
    return sequences;
  }

  /** From 1, in the order in which words are first seen. */
  #numberOf(word: string): number {
    const number = this.#numbers.get(word) ?? this.#numbers.size + 1;
    this.#numbers.set(word, number);
    return number;
  }
}
