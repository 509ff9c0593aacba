import { eraseRecording } from '../../../activities/library/erase.ts';
import { indexChunks } from '../../../activities/library/index-chunks.ts';
import { redateChunks } from '../../../activities/library/redate-chunks.ts';
import { retireTranscription } from '../../../activities/library/retire-transcription.ts';
import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import type { HoldingIndex } from '../../support/holding-index.ts';
import { NO_RUNS } from '../../support/no-runs.ts';
import type { anEndUser, Race } from '../sides.ts';
import { aChunkedTranscript, type IndexedRace, startIndexedRace } from './indexed-race.ts';

let started: IndexedRace;
let race: Race;
let index: HoldingIndex;
beforeAll(async () => {
  started = await startIndexedRace();
  ({ race, index } = started);
}, 60_000);
afterAll(() => started?.close());

const retriever = () =>
  createPassageRetriever({
    apiKey: 'any',
    denseHost: `${index.url}/pinecone/dense`,
    sparseHost: `${index.url}/pinecone/sparse`,
    minDenseScore: 0,
  });

test('passages that the index takes while their recording is deleted are taken out again', async () => {
  const { owner, recording, transcriptionId, id } = await aChunkedTranscript(race);
  const deps = { ...race.stores, retriever: retriever(), digest };
  const holds = ['/dense/records/namespaces', '/sparse/records/namespaces'].map((path) => index.hold(path));
  const indexing = indexChunks(deps)({ tenant: owner, transcriptionId, from: 0, count: 1 });
  await Promise.all(holds.map(({ reached }) => reached));
  await eraseRecording({ ...deps, runs: NO_RUNS })({ tenant: owner, id: recording.id, endUserId: owner.endUserId });
  for (const hold of holds) hold.release();
  await expect(indexing).rejects.toMatchObject({ kind: 'not_found' });
  expect(await served(owner, id)).toBe(false);
});

test('an erasure waits for the run that still indexes', async () => {
  const { owner, recording } = await aChunkedTranscript(race);
  const runs = { ...NO_RUNS, isIndexing: async () => true };
  const erasing = eraseRecording({ ...race.stores, retriever: retriever(), runs });
  await expect(erasing({ tenant: owner, id: recording.id, endUserId: owner.endUserId })).rejects.toMatchObject({
    kind: 'unavailable',
  });
});

test('what a killed run had indexed is removed by derived ids, though the database knows none any more', async () => {
  const { owner, recording, transcriptionId, id } = await aChunkedTranscript(race);
  const deps = { ...race.stores, retriever: retriever(), digest };
  await indexChunks(deps)({ tenant: owner, transcriptionId, from: 0, count: 1 });
  await eventuallyServed(owner, id);
  await race.stores.recordings.hide(owner, recording.id);
  await race.stores.transcripts.purgeAll(owner, recording.id);
  await retireTranscription(deps)({ tenant: owner, transcriptionId, chunks: 1 });
  expect(await served(owner, id)).toBe(false);
});

test('passages of an attempt that died after their recording was deleted are taken out by the next attempt', async () => {
  const { owner, transcriptionId, recording, id } = await aChunkedTranscript(race);
  const deps = { ...race.stores, retriever: retriever(), digest };
  const hold = index.hold('/dense/records/namespaces');
  // It never looks again: its process dies while the index takes what it sent.
  const written = deps.retriever.upsert(owner, await race.stores.transcripts.chunks(owner, [id]));
  await hold.reached;
  await eraseRecording({ ...deps, runs: NO_RUNS })({ tenant: owner, id: recording.id, endUserId: owner.endUserId });
  hold.release();
  await written;
  await redateChunks(deps)({ tenant: owner, transcriptionId, from: 0, count: 1 });
  expect(await served(owner, id)).toBe(false);
});

/** Longer than the index takes until readers see a change. */
const INDEX_DELAY_MS = 1_000;

type Tenant = Awaited<ReturnType<typeof anEndUser>>;

/** Whether either index has the passage once every change is visible to readers. */
async function served(owner: Tenant, id: `chk_${string}`): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, INDEX_DELAY_MS));
  return (await retriever().missing(owner, [id])).length === 0;
}

async function eventuallyServed(owner: Tenant, id: `chk_${string}`): Promise<void> {
  while ((await retriever().missing(owner, [id])).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}
