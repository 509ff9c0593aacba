import type { WorkflowHandle } from '@temporalio/client';
import type { Activities } from '../../../activities/index.ts';
import { AskError } from '../../../src/domain/shared/errors.ts';
import { pauseReindexSignal, REINDEX, type ReindexInput, resumeReindexSignal } from '../../../workflows/contract.ts';
import { toFailure } from '../../../workflows/failures.ts';
import type { LibraryScenario } from './library-scenarios.ts';

const tenant = { projectId: 'prj_1', mode: 'test', endUserId: 'eu_1' } as const;
const nothing = async () => {};
const part = (id: number) => ({ tenant, transcriptionId: `txn_${id}` as const, from: 0, count: 2 });
const refused = async () => {
  throw toFailure(new AskError('internal_error', 'The index refused it.', { details: { retryable: false } }));
};

/** A library in so many steps, of which the last one finds no more. */
function rebuilt(pages = 2, more: Partial<Activities> = {}) {
  return (): Partial<Activities> => {
    let [page, comparisons] = [0, 0];
    return {
      beginRebuild: async () => 2 * pages,
      async listPassages() {
        const id = ++page;
        if (id > pages) return { parts: [], old: [], next: null };
        return { parts: [part(id)], old: [], next: { transcriptionId: `txn_${id}`, done: null } };
      },
      recutTranscript: async () => 500,
      rebuildPassages: async () => ({ passages: 2, tokens: 200 }),
      verifyPassages: nothing,
      // The first look finds something that the index has lost.
      compareIndex: async () => ({ missing: comparisons++ === 0 ? [part(1)] : [] }),
      trySearches: nothing,
      switchIndex: nothing,
      abandonRebuild: nothing,
      retireBuilds: nothing,
      ...more,
    };
  };
}

function rebuilding(
  name: string,
  steps = rebuilt(),
  { tokensPerMinute = null, ...more }: Partial<LibraryScenario> & Pick<Partial<ReindexInput>, 'tokensPerMinute'> = {},
): LibraryScenario {
  const build = { target: 'pinecone', generation: 'g1' } as const;
  const input: ReindexInput = { projectId: null, build, tokensPerMinute, graceMs: 500 };
  return { workflow: REINDEX, workflowId: `reindex/${name}`, input, steps, ...more };
}

/** Its first step takes until somebody has done this. */
function duringFirstStep(act: (handle: WorkflowHandle) => Promise<unknown>): Partial<LibraryScenario> {
  const begun = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const beginRebuild: Activities['beginRebuild'] = async () => {
    begun.resolve();
    await done.promise;
    return 4;
  };
  return {
    steps: rebuilt(2, { beginRebuild }),
    async during(handle) {
      await begun.promise;
      await act(handle);
      done.resolve();
    },
  };
}

async function pauseForAWhile(handle: WorkflowHandle): Promise<void> {
  await handle.signal(pauseReindexSignal);
  setTimeout(() => void handle.signal(resumeReindexSignal), 1_000);
}

const oldOnce = (): Partial<Activities> => {
  let listed = false;
  return {
    ...rebuilt()(),
    async listPassages() {
      if (listed) return { parts: [], old: [], next: null };
      listed = true;
      const old = [{ tenant, transcriptionId: 'txn_0' as const }];
      return { parts: [], old, next: { transcriptionId: 'txn_0', done: null } };
    },
  };
};

/** Every path of a rebuild. */
export const REINDEX_SCENARIOS: Record<string, LibraryScenario> = {
  'index-rebuilt': rebuilding('1'),
  'index-rebuilt-at-a-pace': rebuilding('2', rebuilt(), { tokensPerMinute: 20_000 }),
  'index-rebuilt-with-a-transcript-cut-anew': rebuilding('3', oldOnce),
  'index-rebuild-paused': rebuilding('4', rebuilt(), duringFirstStep(pauseForAWhile)),
  'index-rebuild-cancelled': rebuilding('5', rebuilt(), {
    ...duringFirstStep((handle) => handle.cancel()),
    fails: true,
  }),
  'index-rebuild-refused': rebuilding('6', rebuilt(2, { rebuildPassages: refused }), { fails: true }),
  'index-rebuild-in-two-runs': rebuilding('7', rebuilt(4), { shortHistories: true }),
  'index-rebuilt-and-the-old-one-cannot-be-removed': rebuilding('8', rebuilt(1, { retireBuilds: refused })),
};
