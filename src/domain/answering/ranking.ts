import type { ChunkId, RecordingId, TranscriptionId } from '../shared/ids.ts';
import { wordsOf } from '../shared/words.ts';
import { wordShare } from './question/word-share.ts';

/** A passage that an index proposed. */
export interface Candidate {
  id: ChunkId;
  recordingId: RecordingId;
  transcriptionId: TranscriptionId;
  /** Its place in the transcript, from 0. */
  index: number;
  text: string;
}

export interface Scored extends Candidate {
  /** In [0, 1]. */
  score: number;
}

/** How slowly the weight of a rank falls. Small, for the lists are a hundred passages deep, not thousands. */
const RANK_CONSTANT = 20;
/** The weight of a search by words whose best hit holds all of the question's; that of the search by meaning is the rest. */
const MOST_WEIGHT_OF_WORDS = 0.6;
/** What a passage gets of its neighbours' scores: what is spoken about seldom ends where a chunk does. */
const NEIGHBOUR_SHARE = 0.4;
/** Passages that share more than this part of their word sequences say the same. */
const SAME_TEXT = 0.7;
const SEQUENCE_LENGTH = 4;
/** The most that one recording may take of a result over several. */
const RECORDING_SHARE = 0.75;

/** What one search found, best first, and how much it counts beside the others. */
export interface RankedList {
  found: readonly Candidate[];
  weight: number;
}

/**
 * Reciprocal rank fusion: a passage counts by its places in the lists, not by scores that are not comparable between
 * them. 1 is the first place in every list.
 */
export function fuse(lists: readonly RankedList[]): Scored[] {
  const fused = new Map<ChunkId, Scored>();
  const total = lists.reduce((sum, { weight }) => sum + weight, 0);
  for (const { found, weight } of lists) {
    for (const [rank, candidate] of found.entries()) {
      const share = ((RANK_CONSTANT + 1) / (RANK_CONSTANT + 1 + rank)) * (weight / total);
      fused.set(candidate.id, { ...candidate, score: (fused.get(candidate.id)?.score ?? 0) + share });
    }
  }
  return bestFirst([...fused.values()]);
}

/**
 * How much a search by words counts beside one by meaning: as far as its best hit holds the question's words. Where that
 * holds few of them, the words are others than those that were spoken, and the list is mostly chance.
 */
export function weightOfWords(question: string, found: readonly Candidate[]): number {
  const [best] = found;
  return best === undefined ? 0 : MOST_WEIGHT_OF_WORDS * wordShare(question, best.text);
}

/** Lets passages that stand side by side in a transcript support each other. */
export function supportNeighbours(candidates: readonly Scored[]): Scored[] {
  const key = (candidate: Candidate, index: number) => `${candidate.transcriptionId}/${index}`;
  const scores = new Map(candidates.map((candidate) => [key(candidate, candidate.index), candidate.score]));
  const at = (candidate: Candidate, distance: number) => scores.get(key(candidate, candidate.index + distance)) ?? 0;
  const supported = candidates.map((candidate) => {
    const support = NEIGHBOUR_SHARE * (at(candidate, -1) + at(candidate, 1));
    return { ...candidate, score: (candidate.score + support) / (1 + 2 * NEIGHBOUR_SHARE) };
  });
  return bestFirst(supported);
}

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

function bestFirst(candidates: Scored[]): Scored[] {
  return candidates.sort((a, b) => b.score - a.score);
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
