import { createPassageRetriever } from '../../../../src/adapters/pinecone/passage-retriever.ts';
import { startPineconeSandbox } from '../../../support/retrieval-server.ts';
import { fillIndex } from '../fill-index.ts';
import { bySeries, type EvalLibrary, libraryOf } from '../library.ts';
import type { Meeting } from '../meetings.ts';
import { type FollowUpScores, followUpScores } from './follow-up-scores.ts';
import { type LibraryScores, libraryScores } from './library-scores.ts';
import { type MomentScores, momentScores } from './moment-scores.ts';
import { type EvalPrompts, evalPrompts } from './prompts.ts';

/** The share of the gold turns that stand in the prompt, a mean over all questions. */
export interface PromptScores {
  /** Each series of four meetings is a library. */
  goldAt32000: number;
  goldAt12000: number;
  /** One library of all meetings. */
  goldOfAllAt32000: number;
  /** Over the library of all meetings. */
  followUps: FollowUpScores;
  library: LibraryScores;
  moments: MomentScores;
}

/** What prompts hold, with no model: each question of each meeting is asked in its library. */
export async function promptScores(
  meetings: Meeting[],
  directory: string,
  options: Pick<Parameters<typeof startPineconeSandbox>[0], 'embedders'> = {},
): Promise<PromptScores> {
  const sandbox = await startPineconeSandbox({ dir: directory, ...options });
  const retriever = createPassageRetriever({
    ...sandbox.settings,
    minDenseScore: sandbox.status().min_score,
  });
  try {
    const series = new Map([...bySeries(meetings)].map(([name, own]) => [name, libraryOf(own, name)]));
    const all = libraryOf(meetings, 'all meetings');
    for (const library of [...series.values(), all]) await fillIndex(retriever, library);
    const entryOf = (library: EvalLibrary) => ({ ...library, prompts: evalPrompts(library, retriever) });
    const entries = [...series].map(([name, library]) => [name, entryOf(library)] as const);
    const whole = entryOf(all);
    const libraries = entries.map(([, library]) => library);
    return {
      goldAt32000: await goldShown(libraries, 32_000),
      goldAt12000: await goldShown(libraries, 12_000),
      goldOfAllAt32000: await goldShown([whole], 32_000),
      followUps: await followUpScores(whole, 32_000),
      moments: momentScores(all),
      library: await libraryScores(new Map([...entries, ['all', whole]]), 32_000),
    };
  } finally {
    await sandbox.close();
  }
}

type Entry = EvalLibrary & { prompts: EvalPrompts };

async function goldShown(libraries: readonly Entry[], budget: number): Promise<number> {
  const shares: number[] = [];
  for (const { meetings, prompts } of libraries) {
    for (const { name, questions } of meetings) {
      for (const { text, gold } of questions) {
        const prompt = await prompts.promptTo(text, { budget });
        shares.push(prompt.holds(new Map([[name, gold]])));
      }
    }
  }
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
