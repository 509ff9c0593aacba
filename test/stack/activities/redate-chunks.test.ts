import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { chunkTranscript } from '../../../activities/library/chunk-transcript.ts';
import { indexChunks } from '../../../activities/library/index-chunks.ts';
import { endDateChanges, findDateChanges, redateChunks } from '../../../activities/library/redate-chunks.ts';
import { createPassageRetriever } from '../../../src/adapters/pinecone/passage-retriever.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { countTokens } from '../../../src/domain/shared/tokens.ts';
import { type PineconeSandbox, startPineconeSandbox } from '../../support/retrieval-server.ts';
import { anOwner, aRecording, aTranscription, drop, freshDatabase, storesOf } from '../adapters/mongo/fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
let directory: string;
let index: PineconeSandbox;
/** What happens while the index takes a request. */
let meanwhile: (() => Promise<unknown>) | undefined;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
  directory = await mkdtemp(join(tmpdir(), 'redate-'));
  const beforeRequest = async (_: unknown, next: () => Promise<unknown>) => {
    const act = meanwhile;
    meanwhile = undefined;
    await act?.();
    await next();
  };
  index = await startPineconeSandbox({ dir: directory, beforeRequest });
}, 60_000);
afterAll(async () => {
  await index?.close();
  await rm(directory, { recursive: true, force: true });
  await drop(connection);
});

const [MARCH, MAY] = ['2026-03-04T08:00:00.000Z', '2026-05-04T08:00:00.000Z'];

async function aCutTranscript() {
  const owner = anOwner();
  const retriever = createPassageRetriever({ ...index.settings, minDenseScore: 0 });
  const deps = { ...stores, retriever, digest, countTokens };
  const recording = await stores.recordings.create(aRecording(owner, { startedAt: MARCH }));
  const segments = [{ startMs: 0, endMs: 1, text: 'The launch moved.', speaker: null, confidence: null }];
  const { id: transcriptionId } = await stores.transcripts.create(aTranscription(recording), [segments]);
  const count = await chunkTranscript(deps)({ tenant: owner, transcriptionId });
  const range = { tenant: owner, transcriptionId, from: 0, count };
  const indexedFrom = async (recordedAfter: string) =>
    (await retriever.search(owner, { texts: ['launch'], recordedAfter, limit: 5 })).length;
  return { owner, recording, deps, range, indexedFrom };
}

test('a date that changes while the index takes the passages is written again', async () => {
  const { owner, recording, deps, range, indexedFrom } = await aCutTranscript();
  meanwhile = () => stores.recordings.revise(owner, recording.id, () => ({ startedAt: MAY }));
  await indexChunks(deps)(range);
  expect(await indexedFrom(MAY)).toBe(1);
});

test('a recording that is deleted while the index takes its passages leaves none there', async () => {
  const { owner, recording, deps, range, indexedFrom } = await aCutTranscript();
  meanwhile = () => stores.recordings.hide(owner, recording.id);
  await expect(indexChunks(deps)(range)).rejects.toMatchObject({ kind: 'not_found' });
  expect(await indexedFrom(MARCH)).toBe(0);
});

test('a new date reaches the index, called twice as once, and only the changes that were found end', async () => {
  const { owner, recording, deps, range, indexedFrom } = await aCutTranscript();
  await indexChunks(deps)(range);
  await stores.dateChanges.note(recording);
  await stores.recordings.revise(owner, recording.id, () => ({ startedAt: MAY }));
  const { changeIds, transcripts } = await findDateChanges(deps)({ tenant: owner, recordingId: recording.id });
  expect(transcripts).toEqual([{ transcriptionId: range.transcriptionId, chunkCount: 1 }]);
  await stores.dateChanges.note(recording);
  for (let call = 0; call < 2; call++) {
    await redateChunks(deps)(range);
    await endDateChanges(deps)({ tenant: owner, changeIds });
    expect(await indexedFrom(MAY)).toBe(1);
    expect(await stores.dateChanges.list(owner)).toHaveLength(1);
  }
});

test('a recording that is gone has nothing to redate', async () => {
  const { owner, recording, deps, range } = await aCutTranscript();
  await stores.dateChanges.note(recording);
  await stores.recordings.hide(owner, recording.id);
  const found = await findDateChanges(deps)({ tenant: owner, recordingId: recording.id });
  expect(found).toEqual({ changeIds: [expect.any(String)], transcripts: [] });
  await redateChunks(deps)(range);
  await stores.recordings.purge(owner, recording.id);
  expect(await stores.dateChanges.list(owner)).toEqual([]);
});
