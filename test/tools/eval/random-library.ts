import type { Chunk } from '../../../src/domain/library/chunk.ts';
import type { EndUserTenant } from '../../../src/ports/library/passage-retriever.ts';
import { libraryOf } from './library.ts';
import { type Meeting, readMeetings } from './meetings.ts';

export interface BenchLibrary {
  tenant: EndUserTenant;
  chunks: Chunk[];
}

const meetings = readMeetings();
const turns = meetings.flatMap((meeting) => meeting.segments);
/** What is searched for: the questions of the evaluation. */
export const questions = meetings.flatMap((meeting) => meeting.questions.map(({ text }) => text));
const TURNS_A_MEETING = 5_000;

/** So many chunks of one end user, of meetings that never were: real turns in a random order that is always the same. */
export function benchLibrary(size: number, seed: number): BenchLibrary {
  const random = randomFrom(seed + 1);
  const owner = `bench ${seed}`;
  const { tenant } = libraryOf([], owner);
  const chunks: Chunk[] = [];
  for (let part = 0; chunks.length < size; part++) {
    const segments = Array.from({ length: Math.min(TURNS_A_MEETING, size * 40) }, (_, i) => {
      const turn = turns[Math.floor(random() * turns.length)] as Meeting['segments'][number];
      return { ...turn, startMs: i * 1000, endMs: i * 1000 + 900 };
    });
    const name = `part ${part}`;
    const meeting = { name, title: name, series: 'bench', startedAt: '2026-01-05T09:00:00Z', segments, questions: [] };
    chunks.push(...libraryOf([meeting], owner).chunks.slice(0, size - chunks.length));
  }
  return { tenant, chunks };
}

/** A small seeded generator, so that each run measures the same texts. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
