import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import { startPineconeSandbox } from '../../support/retrieval-server.ts';
import { evaluate, type Scores } from './evaluate.ts';
import { fillIndex } from './fill-index.ts';
import { bySeries, libraryOf } from './library.ts';
import type { Meeting } from './meetings.ts';

const LEGS = { dense: ['dense'], sparse: ['sparse'], hybrid: ['dense', 'sparse'] } as const;
export type Leg = keyof typeof LEGS;

/**
 * Scores of each leg and of both together, through the real SDK and over HTTP. Each series is one end user's library; a
 * second end user holds the first of its meetings too, so that a hole in the fence would show as leaks.
 */
export async function compareLegs(meetings: Meeting[], directory: string): Promise<Record<Leg, Scores>> {
  const sandbox = await startPineconeSandbox({ dir: directory });
  const retriever = (legs: readonly ('dense' | 'sparse')[]) =>
    createPassageRetriever({ ...sandbox.settings, minDenseScore: sandbox.status().min_score, legs });
  try {
    const libraries = new Map([...bySeries(meetings)].map(([series, own]) => [series, libraryOf(own, series)]));
    const twins = [...bySeries(meetings)].map(([series, own]) => libraryOf(own.slice(0, 1), `twin of ${series}`));
    for (const library of [...libraries.values(), ...twins]) await fillIndex(retriever(LEGS.hybrid), library);
    const score = (leg: Leg) => evaluate(retriever(LEGS[leg]), libraries);
    return { dense: await score('dense'), sparse: await score('sparse'), hybrid: await score('hybrid') };
  } finally {
    await sandbox.close();
  }
}
