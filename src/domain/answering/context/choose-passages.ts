import type { ChunkId, TranscriptionId } from '../../shared/ids.ts';
import type { ShownTranscript } from '../context-reference.ts';

/** A chunk that may be shown. */
export interface Passage {
  id: ChunkId;
  transcriptionId: TranscriptionId;
  /** Its place in the transcript, from 0. */
  index: number;
  /** As a prompt shows it. */
  tokens: number;
  /** In [0, 1]. */
  score: number;
}

/** A transcript of which all may be shown. */
export interface NamedTranscript {
  transcriptionId: TranscriptionId;
  tokens: number;
}

export interface Choice {
  /** Transcripts in no order, their runs in order. */
  shown: ShownTranscript[];
  /** The passages among what is shown, best first. */
  passages: Passage[];
  tokens: number;
}

/** What the question names may fill this much of the budget: a phrase may be misread, and the rest must not vanish. */
const NAMED_SHARE = 0.75;
/** A title and the marks between runs. */
const TOKENS_A_TRANSCRIPT = 30;
const TOKENS_A_RUN = 3;

/**
 * Fills a budget: what the question names first, whole where it fits, then the best passages of all. No passage is taken
 * twice, and one that is too long for what is left is passed over.
 * @param named transcripts that the question names, and the passages found in them, best first
 * @param ranked passages found in the whole scope, best first
 */
export function choosePassages(
  budget: number,
  named: { transcripts: readonly NamedTranscript[]; passages: readonly Passage[] },
  ranked: readonly Passage[],
): Choice {
  const whole = new Set<TranscriptionId>();
  const taken = new Map<ChunkId, Passage>();
  const titled = new Set<TranscriptionId>();
  let left = budget;

  function titleOf(id: TranscriptionId): number {
    return titled.has(id) ? 0 : TOKENS_A_TRANSCRIPT;
  }

  function take(passage: Passage, floor: number): void {
    const { id, transcriptionId } = passage;
    const isThere = taken.has(id) || whole.has(transcriptionId);
    const cost = isThere ? 0 : passage.tokens + TOKENS_A_RUN + titleOf(transcriptionId);
    if (left - cost < floor) return;
    left -= cost;
    taken.set(id, passage);
    titled.add(transcriptionId);
  }

  const share = Math.floor(budget * NAMED_SHARE);
  if (isShownWhole(budget, named.transcripts)) {
    for (const { transcriptionId } of named.transcripts) {
      whole.add(transcriptionId);
      titled.add(transcriptionId);
    }
    left -= tokensOf(named.transcripts);
  } else {
    for (const passage of named.passages) take(passage, budget - share);
  }
  for (const passage of ranked) take(passage, 0);

  const passages = [...taken.values()];
  const inPart = Map.groupBy(
    passages.filter(({ transcriptionId }) => !whole.has(transcriptionId)),
    ({ transcriptionId }) => transcriptionId,
  );
  return {
    shown: [
      ...[...whole].map((transcriptionId) => ({ transcriptionId })),
      ...[...inPart].map(([transcriptionId, chosen]) => ({
        transcriptionId,
        runs: runsOf(chosen.map(({ index }) => index)),
      })),
    ],
    passages: passages.toSorted((a, b) => b.score - a.score),
    tokens: budget - left,
  };
}

/**
 * Lists of passages as one: the best of each until its part of the budget is full, then what is left of each in turn.
 * @param until what part of the budget is full when a list's turn ends
 */
export function inTiers(lists: readonly { passages: readonly Passage[]; until: number }[], budget: number): Passage[] {
  const first = new Map<ChunkId, Passage>();
  let used = 0;
  for (const { passages, until } of lists) {
    for (const passage of passages) {
      const cost = first.has(passage.id) ? 0 : passage.tokens + TOKENS_A_RUN;
      if (used + cost > until * budget) break;
      used += cost;
      if (!first.has(passage.id)) first.set(passage.id, passage);
    }
  }
  const rest = lists.flatMap(({ passages }) => passages).filter(({ id }) => !first.has(id));
  return [...first.values(), ...new Map(rest.map((passage) => [passage.id, passage])).values()];
}

/** Whether all of what the question names may be shown. */
export function isShownWhole(budget: number, named: readonly NamedTranscript[]): boolean {
  return tokensOf(named) <= Math.floor(budget * NAMED_SHARE);
}

function tokensOf(transcripts: readonly NamedTranscript[]): number {
  return transcripts.reduce((sum, { tokens }) => sum + tokens + TOKENS_A_TRANSCRIPT, 0);
}

/** Places that follow each other make one run. */
export function runsOf(places: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && place <= last[1] + 1) last[1] = Math.max(last[1], place);
    else runs.push([place, place]);
  }
  return runs;
}
