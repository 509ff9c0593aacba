import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import { startPineconeSandbox } from '../../support/retrieval-server.ts';
import { fillIndex } from './fill-index.ts';
import { bySeries, type EvalLibrary, libraryOf } from './library.ts';
import type { Meeting } from './meetings.ts';
import { evalPrompts } from './prompts.ts';

/** The share of the gold turns that stand in the prompt, a mean over all questions. */
export interface PromptScores {
  /** Each series of four meetings is a library. */
  goldAt32000: number;
  goldAt12000: number;
  /** One library of all meetings. */
  goldOfAllAt32000: number;
}

/** What prompts hold, with no model: each question of each meeting is asked in its library. */
export async function promptScores(meetings: Meeting[], directory: string): Promise<PromptScores> {
  const sandbox = await startPineconeSandbox({ dir: directory });
  const retriever = createPassageRetriever({
    ...sandbox.settings,
    minDenseScore: sandbox.status().min_score,
  });
  try {
    const series = [...bySeries(meetings)].map(([name, own]) => libraryOf(own, name));
    const all = libraryOf(meetings, 'all meetings');
    for (const library of [...series, all]) await fillIndex(retriever, library);
    const gold = async (libraries: EvalLibrary[], budget: number) => {
      const shares: number[] = [];
      for (const library of libraries) {
        const prompts = evalPrompts(library, retriever);
        for (const { name, questions } of library.meetings) {
          for (const { text, gold: turns } of questions) {
            shares.push(await prompts.goldShown(text, new Map([[name, turns]]), { budget }));
          }
        }
      }
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    };
    return {
      goldAt32000: await gold(series, 32_000),
      goldAt12000: await gold(series, 12_000),
      goldOfAllAt32000: await gold([all], 32_000),
    };
  } finally {
    await sandbox.close();
  }
}
