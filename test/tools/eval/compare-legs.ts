import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { startPineconeSandbox } from '../../support/retrieval-server.ts';
import { evaluate, type Scores } from './evaluate.ts';
import { bySeries, libraryOf } from './library.ts';
import type { Meeting } from './meetings.ts';

const LEGS = { dense: ['dense'], sparse: ['sparse'], hybrid: ['dense', 'sparse'] } as const;
export type Leg = keyof typeof LEGS;

/**
 * Scores of each leg and of both together, through the real SDK and over HTTP. Each series is one end user's library; a
 * second end user holds the same text, so that a hole in the fence would show as leaks.
 */
export async function compareLegs(meetings: Meeting[], directory: string): Promise<Record<Leg, Scores>> {
  const sandbox = await startPineconeSandbox({ dir: directory });
  const retriever = (legs: readonly ('dense' | 'sparse')[]) =>
    createPassageRetriever({ ...sandbox.settings, minDenseScore: loadConfig({}).PINECONE_MIN_SCORE, legs });
  try {
    const libraries = new Map([...bySeries(meetings)].map(([series, own]) => [series, libraryOf(own, series)]));
    const twins = [...bySeries(meetings)].map(([series, own]) => libraryOf(own, `twin of ${series}`));
    for (const { tenant, chunks } of [...libraries.values(), ...twins]) {
      await retriever(LEGS.hybrid).upsert(tenant, chunks);
    }
    const score = (leg: Leg) => evaluate(retriever(LEGS[leg]), libraries);
    return { dense: await score('dense'), sparse: await score('sparse'), hybrid: await score('hybrid') };
  } finally {
    await sandbox.close();
  }
}
