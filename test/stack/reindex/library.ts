import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Middleware } from 'koa';
import type { Activities } from '../../../activities/index.ts';
import { eraseRecording } from '../../../activities/library/erase.ts';
import { chunkIds, indexChunks } from '../../../activities/library/index-chunks.ts';
import { publishTranscription } from '../../../activities/library/publish-transcription.ts';
import { compareIndex } from '../../../activities/library/reindex/compare-index.ts';
import {
  abandonRebuild,
  beginRebuild,
  retireBuilds,
  switchIndex,
} from '../../../activities/library/reindex/index-state.ts';
import { listPassages } from '../../../activities/library/reindex/list-passages.ts';
import { rebuildPassages, verifyPassages } from '../../../activities/library/reindex/rebuild-passages.ts';
import { recutTranscript } from '../../../activities/library/reindex/recut-transcript.ts';
import { trySearches } from '../../../activities/library/reindex/try-searches.ts';
import { openIndexStates } from '../../../src/adapters/mongo/index.ts';
import { createSearchIndexes, initialIndex } from '../../../src/adapters/pinecone/index.ts';
import { createReindexGateway } from '../../../src/adapters/temporal/gateways/reindex-gateway.ts';
import type { Owned } from '../../../src/domain/access/tenant.ts';
import { AskError } from '../../../src/domain/shared/errors.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { countTokens } from '../../../src/domain/shared/tokens.ts';
import { createSandbox } from '../../../src/local/sandbox-models/server.ts';
import type { RebuildRun } from '../../../src/ports/library/reindex-gateway.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { createRoutedRetriever } from '../../../src/use-cases/library/routed-retriever.ts';
import { toFailure } from '../../../workflows/failures.ts';
import { eventually } from '../../support/eventually.ts';
import { NO_RUNS } from '../../support/no-runs.ts';
import { startPineconeSandbox } from '../../support/retrieval-server.ts';
import { testEmbedders } from '../../support/test-embedders.ts';
import { anOwner, drop, freshDatabase, storesOf } from '../adapters/mongo/fixtures.ts';
import { sessionHarness } from '../workflows/session-harness.ts';
import { heldPassages } from './held-passages.ts';
import { aStoredTranscript } from './stored-transcript.ts';

export type ReindexLibrary = Awaited<ReturnType<typeof startLibrary>>;

/**
 * A library on real servers: MongoDB, Temporal, a local index in which it begins, and another one that stands for Pinecone.
 * @param atPinecone what happens while Pinecone takes a request
 */
export async function startLibrary(atPinecone: Middleware = (_, next) => next()) {
  const connection = await freshDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'ask-reindex-'));
  const local = await createSandbox({ port: 0, dir: join(directory, 'local'), embedders: await testEmbedders() });
  const pinecone = await startPineconeSandbox({ dir: join(directory, 'pinecone'), beforeRequest: atPinecone });
  const { apiKey, denseHost, sparseHost } = pinecone.settings;
  const config = loadConfig({
    ...{ RETRIEVAL: 'local', RETRIEVAL_URL: local.url, PINECONE_API_KEY: apiKey, PINECONE_INDEX_HOST: denseHost },
    ...{ PINECONE_SPARSE_INDEX_HOST: sparseHost, PINECONE_MIN_SCORE: '0' },
  });
  const indexes = createSearchIndexes(config);
  const indexStates = openIndexStates(connection, systemClock, initialIndex(config));
  const retriever = createRoutedRetriever(indexStates, indexes);
  const stores = storesOf(connection);
  const deps = { ...stores, indexes, indexStates, retriever, digest, countTokens, clock: systemClock };
  const harness = await sessionHarness();
  const gateway = createReindexGateway({ ...harness, clock: systemClock, graceMs: 1 });

  return {
    stores,
    connection,
    indexes,
    indexStates,
    retriever,
    gateway,
    harness,

    /** A worker for the rebuild, some of whose steps may be replaced. */
    work: (replaced: Partial<Activities> = {}) => harness.startWorker({ ...stepsOf(deps), ...replaced }),

    /** An import that has ended. */
    async aTranscript(texts: readonly string[], owner: Owned = anOwner()) {
      const { recording, input, count } = await aStoredTranscript(deps, owner, texts);
      await indexChunks(deps)({ ...input, from: 0, count });
      const ids = chunkIds({ ...input, from: 0, count }, digest);
      await eventually(async () => (await retriever.missing(owner, ids)).length === 0);
      await publishTranscription(deps)(input);
      return { owner, recording, input, count };
    },

    erase(recording: { id: `rec_${string}` }, owner: Owned) {
      return eraseRecording({ ...deps, runs: NO_RUNS })({
        tenant: owner,
        id: recording.id,
        endUserId: owner.endUserId,
      });
    },

    /** How many passages an end user has in every namespace of an index, whatever its build. */
    held(target: 'local' | 'pinecone', { endUserId }: Owned): Promise<number> {
      const url = target === 'local' ? `${local.url}/pinecone/dense` : denseHost;
      return heldPassages(url, (name) => name.includes(endUserId));
    },

    find: async (owner: Owned, text: string) => retriever.search(owner, { texts: [text], limit: 8 }),

    /** The end of the rebuild that is under way. */
    async end(): Promise<RebuildRun> {
      let run: RebuildRun | null = null;
      await eventually(async () => {
        run = await gateway.latest();
        return run !== null && run.status !== 'running';
      });
      if (run === null) throw new Error('there was no rebuild');
      return run;
    },

    async close() {
      await harness.close();
      await local.close();
      await pinecone.close();
      await drop(connection);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

type Deps = Parameters<typeof recutTranscript>[0] &
  Parameters<typeof compareIndex>[0] &
  Parameters<typeof beginRebuild>[0];

function stepsOf(deps: Deps): Partial<Activities> {
  const beat = { heartbeat: () => {} };
  return {
    beginRebuild: failing(beginRebuild(deps)),
    listPassages: failing(listPassages(deps)),
    recutTranscript: failing(recutTranscript(deps)),
    rebuildPassages: failing(rebuildPassages(deps, beat)),
    verifyPassages: failing(verifyPassages(deps)),
    compareIndex: failing(compareIndex(deps, beat)),
    trySearches: failing(trySearches(deps, beat)),
    switchIndex: failing(switchIndex(deps)),
    abandonRebuild: failing(abandonRebuild(deps)),
    retireBuilds: failing(retireBuilds(deps)),
  };
}

/** As the worker converts what its activities throw. */
function failing<I, R>(activity: (input: I) => Promise<R>) {
  return async (input: I): Promise<R> => {
    try {
      return await activity(input);
    } catch (error) {
      throw error instanceof AskError ? toFailure(error) : error;
    }
  };
}
