import { eraseRecording } from '../../../activities/library/erase.ts';
import { indexChunks } from '../../../activities/library/index-chunks.ts';
import { rebuildPassages } from '../../../activities/library/reindex/rebuild-passages.ts';
import { retireTranscription } from '../../../activities/library/retire-transcription.ts';
import { openIndexStates } from '../../../src/adapters/mongo/index.ts';
import { createSearchIndexes, initialIndex } from '../../../src/adapters/pinecone/index.ts';
import { type IndexBuild, withBuilding, withServing } from '../../../src/domain/library/search-index.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { createRoutedRetriever } from '../../../src/use-cases/library/routed-retriever.ts';
import { eventually } from '../../support/eventually.ts';
import type { HoldingIndex } from '../../support/holding-index.ts';
import { NO_RUNS } from '../../support/no-runs.ts';
import type { Race } from '../sides.ts';
import { aChunkedTranscript, type IndexedRace, startIndexedRace } from './indexed-race.ts';

let started: IndexedRace;
let race: Race;
let index: HoldingIndex;
beforeAll(async () => {
  started = await startIndexedRace();
  ({ race, index } = started);
}, 60_000);
afterAll(() => started?.close());

const BUILD: IndexBuild = { target: 'local', generation: 'g2' };
const HEARTBEAT = { heartbeat: () => {} };

/** A chunk in the database, and the builds of its project's index. */
async function aRebuiltIndex() {
  const config = loadConfig({ RETRIEVAL_URL: index.url, PINECONE_MIN_SCORE: '0' });
  const { owner, recording, transcription, transcriptionId, id } = await aChunkedTranscript(race);
  await race.stores.imports.accept(transcription);
  const states = openIndexStates(race.connection, systemClock, initialIndex(config));
  const indexes = createSearchIndexes(config);
  const deps = { ...race.stores, indexes, retriever: createRoutedRetriever(states, indexes), digest };
  const range = { tenant: owner, transcriptionId, from: 0, count: 1 };
  const idsIn = async (generation: string) => (await indexes.open({ target: 'local', generation }).ids(owner)).any.size;
  const begin = () => states.change(owner.projectId, (state) => withBuilding(state, BUILD));
  const serve = () =>
    states.change(owner.projectId, (state) => withServing(state, { ...BUILD, model: null, minScore: null }));
  const erase = () =>
    eraseRecording({ ...deps, runs: NO_RUNS })({ tenant: owner, id: recording.id, endUserId: owner.endUserId });
  return { owner, recording, transcription, id, deps, range, idsIn, begin, serve, erase };
}

const UPSERT = 'dense/records/namespaces';

test('an import whose write is held until another index serves is found there, and not in the old one', async () => {
  const { deps, range, idsIn, begin, serve } = await aRebuiltIndex();
  const hold = index.hold(UPSERT);
  const importing = indexChunks(deps)(range);
  await hold.reached;
  await begin();
  await serve();
  hold.release();
  await importing;
  await eventually(async () => (await idsIn(BUILD.generation)) === 1 && (await idsIn('')) === 0);
}, 30_000);

test('an import that begins before a rebuild and writes during it reaches both', async () => {
  const { deps, range, idsIn, begin } = await aRebuiltIndex();
  const hold = index.hold(UPSERT);
  const importing = indexChunks(deps)(range);
  await hold.reached;
  await begin();
  hold.release();
  await importing;
  await eventually(async () => (await idsIn(BUILD.generation)) === 1 && (await idsIn('')) === 1);
}, 30_000);

test('passages that a rebuild writes while their recording is deleted are taken out again', async () => {
  const { deps, range, idsIn, begin, erase } = await aRebuiltIndex();
  await indexChunks(deps)(range);
  await begin();
  const hold = index.hold(UPSERT);
  const rebuilding = rebuildPassages(deps, HEARTBEAT)({ build: BUILD, parts: [range] });
  await hold.reached;
  await erase();
  hold.release();
  await rebuilding;
  expect(await idsIn(BUILD.generation)).toBe(0);
  expect(await idsIn('')).toBe(0);
}, 30_000);

test('passages that a rebuild writes while their transcript is replaced are taken out again', async () => {
  const { deps, owner, range, idsIn, begin } = await aRebuiltIndex();
  await indexChunks(deps)(range);
  await begin();
  const hold = index.hold(UPSERT);
  const rebuilding = rebuildPassages(deps, HEARTBEAT)({ build: BUILD, parts: [range] });
  await hold.reached;
  const retired = { tenant: owner, transcriptionId: range.transcriptionId, by: 'txn_other' as const };
  await retireTranscription(deps)(retired);
  hold.release();
  await rebuilding;
  expect(await idsIn(BUILD.generation)).toBe(0);
}, 30_000);

test('a deletion that begins before a rebuild ends reaches what it has built', async () => {
  const { deps, range, idsIn, begin, serve, erase } = await aRebuiltIndex();
  await indexChunks(deps)(range);
  const hold = index.hold('POST /pinecone/dense/vectors/delete');
  const erasing = erase();
  await hold.reached;
  await begin();
  await rebuildPassages(deps, HEARTBEAT)({ build: BUILD, parts: [range] });
  await serve();
  hold.release();
  await erasing;
  expect(await idsIn(BUILD.generation)).toBe(0);
  expect(await idsIn('')).toBe(0);
}, 30_000);
