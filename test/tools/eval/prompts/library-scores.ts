import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Meeting } from '../meetings.ts';
import type { EvalPrompts, Gold } from './prompts.ts';

const libraryQuestions = z.array(
  z.object({
    kind: z.enum(['date', 'order', 'title', 'speaker', 'across']),
    /** A series, or `all` of them. */
    library: z.string(),
    question: z.string(),
    /** The turns that answer it: those of these questions of a meeting, by their places. */
    gold: z.array(z.object({ meeting: z.string(), questions: z.array(z.int()) })),
    /** The meetings that its words name; unset where they name none. */
    names: z.array(z.string()).optional(),
  }),
);
export type LibraryQuestion = z.infer<typeof libraryQuestions>[number];

/** What prompts to questions about a library hold, by kind of question. */
export interface LibraryScores {
  questions: number;
  /** Mean shares of the gold turns, by kind. */
  gold: Record<LibraryQuestion['kind'], number>;
  /** The share of questions that name meetings by date, order or title whose meetings are read right and shown with all gold turns. */
  named: number;
  /** Those that are not, to look at. */
  lost: string[];
}

/** A question is asked at noon of the day after the last meeting of its library. */
const NOON_AFTER_MS = 27 * 3_600_000;

export function readLibraryQuestions(): LibraryQuestion[] {
  return libraryQuestions.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'questions/library.json'), 'utf8')));
}

export async function libraryScores(
  libraries: ReadonlyMap<string, { meetings: readonly Meeting[]; prompts: EvalPrompts }>,
  budget: number,
): Promise<LibraryScores> {
  const shares = new Map<LibraryQuestion['kind'], number[]>();
  const lost: string[] = [];
  let [naming, named, questions] = [0, 0, 0];
  for (const { kind, library: name, question, gold, names } of readLibraryQuestions()) {
    const library = libraries.get(name);
    if (library === undefined) continue;
    const last =
      library.meetings
        .map(({ startedAt }) => startedAt)
        .toSorted()
        .at(-1) ?? '';
    const now = new Date(Date.parse(last) + NOON_AFTER_MS).toISOString();
    const prompt = await library.prompts.promptTo(question, { budget, now });
    const share = prompt.holds(goldOf(gold, library.meetings));
    shares.set(kind, [...(shares.get(kind) ?? []), share]);
    questions++;
    if (names === undefined) continue;
    naming++;
    const isRight = names.every((each) => prompt.named.includes(each)) && share === 1;
    if (isRight) named++;
    else lost.push(`${question} (named ${prompt.named.join(', ') || 'none'}, ${share.toFixed(2)} of the gold turns)`);
  }
  return {
    questions,
    gold: Object.fromEntries([...shares].map(([kind, all]) => [kind, mean(all)])) as LibraryScores['gold'],
    named: named / naming,
    lost,
  };
}

function goldOf(gold: LibraryQuestion['gold'], meetings: readonly Meeting[]): Gold {
  return new Map(
    gold.map(({ meeting: name, questions }) => {
      const meeting = meetings.find((each) => each.name === name);
      const places = questions.flatMap((place) => [...(meeting?.questions[place]?.gold ?? [])]);
      if (places.length === 0) throw new Error(`${name} has no question ${questions.join()}`);
      return [name, new Set(places)];
    }),
  );
}

function mean(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
