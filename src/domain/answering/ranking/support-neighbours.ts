import { bestFirst, type Candidate, type Scored } from './candidate.ts';

/** What a passage gets of its neighbours' scores: what is spoken about seldom ends where a chunk does. */
const NEIGHBOUR_SHARE = 0.4;

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
