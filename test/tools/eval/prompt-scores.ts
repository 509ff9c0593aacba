import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { startPineconeSandbox } from '../../support/retrieval-server.ts';
import { type FollowUpScores, followUpScores } from './follow-up-scores.ts';
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
  followUps: FollowUpScores;
  followUpsAt12000: FollowUpScores;
}

/** What prompts hold, with no model: each question of each meeting is asked in its library. */
export async function promptScores(meetings: Meeting[], directory: string): Promise<PromptScores> {
  const sandbox = await startPineconeSandbox({ dir: directory });
  const retriever = createPassageRetriever({
    ...sandbox.settings,
    minDenseScore: loadConfig({}).PINECONE_MIN_SCORE,
  });
  try {
    const series = [...bySeries(meetings)].map(([name, own]) => libraryOf(own, name));
    const all = libraryOf(meetings, 'all meetings');
    for (const { tenant, chunks } of [...series, all]) await retriever.upsert(tenant, chunks);
    const gold = async (libraries: EvalLibrary[], budget: number) => {
      const shares: number[] = [];
      for (const library of libraries) {
        const prompts = evalPrompts(library, retriever);
        for (const { name, questions } of library.meetings) {
          for (const { text, gold: turns } of questions) {
            const prompt = await prompts.promptTo(text, { budget });
            shares.push(prompt.holds(new Map([[name, turns]])));
          }
        }
      }
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    };
    return {
      goldAt32000: await gold(series, 32_000),
      goldAt12000: await gold(series, 12_000),
      goldOfAllAt32000: await gold([all], 32_000),
      followUps: await followUpScores(all, evalPrompts(all, retriever), 32_000),
      followUpsAt12000: await followUpScores(all, evalPrompts(all, retriever), 12_000),
    };
  } finally {
    await sandbox.close();
  }
}
