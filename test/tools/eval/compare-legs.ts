import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import { startPineconeSandbox } from '../../support/retrieval-server.ts';
import { evaluate, type Scores } from './evaluate.ts';
import { fillIndex } from './fill-index.ts';
import { bySeries, type EvalLibrary, libraryOf } from './library.ts';
import type { Meeting } from './meetings.ts';
import { withParaphrases } from './paraphrases/read-paraphrases.ts';

const LEGS = { dense: ['dense'], sparse: ['sparse'], hybrid: ['dense', 'sparse'] } as const;
export type Leg = keyof typeof LEGS;

export interface LegScores {
  questions: Record<Leg, Scores>;
  /** Of questions that share no content word with their answers. */
  paraphrases: Record<Leg, Scores>;
}

/**
 * Scores of each leg and of both together, through the real SDK and over HTTP. Each series is one end user's library; a
 * second end user holds the first of its meetings too, so that a hole in the fence would show as leaks.
 */
export async function compareLegs(meetings: Meeting[], directory: string): Promise<LegScores> {
  const sandbox = await startPineconeSandbox({ dir: directory });
  const retriever = (legs: readonly ('dense' | 'sparse')[]) =>
    createPassageRetriever({ ...sandbox.settings, minDenseScore: sandbox.status().min_score, legs });
  try {
    const libraries = new Map([...bySeries(meetings)].map(([series, own]) => [series, libraryOf(own, series)]));
    const twins = [...bySeries(meetings)].map(([series, own]) => libraryOf(own.slice(0, 1), `twin of ${series}`));
    for (const library of [...libraries.values(), ...twins]) await fillIndex(retriever(LEGS.hybrid), library);
    const scoresOf = async (asked: ReadonlyMap<string, EvalLibrary>) => {
      const score = (leg: Leg) => evaluate(retriever(LEGS[leg]), asked);
      return { dense: await score('dense'), sparse: await score('sparse'), hybrid: await score('hybrid') };
    };
    const paraphrased = [...libraries].map(
      ([series, library]) => [series, { ...library, meetings: withParaphrases(library.meetings) }] as const,
    );
    return { questions: await scoresOf(libraries), paraphrases: await scoresOf(new Map(paraphrased)) };
  } finally {
    await sandbox.close();
  }
}
