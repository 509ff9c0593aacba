import type { Connection } from 'mongoose';
import type { Segment } from '../../../../../src/domain/library/transcript.ts';
import { anOwner, aRecording, aTranscription, drop, freshDatabase, ids, storesOf } from '../fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

const segment = (text: string, index: number): Segment => ({
  startMs: index,
  endMs: index + 1,
  text,
  speaker: 'Ana',
  confidence: 0.5,
});

test('a transcript larger than one document comes back whole', async () => {
  const { recordings, transcripts } = stores;
  const recording = await recordings.create(aRecording(anOwner()));
  const segments = Array.from({ length: 1700 }, (_, index) => segment(`${index}`.padEnd(10_000, 'u'), index));
  const transcription = await transcripts.create(aTranscription(recording), [segments]);
  expect(await transcripts.segments(recording, transcription.id)).toEqual(segments);
  const pages = connection.collection('segment_pages');
  expect(await pages.countDocuments({ transcriptionId: transcription.id })).toBe(71);
});

test('called twice, one transcription and one copy of its segments and chunks', async () => {
  const { recordings, transcripts } = stores;
  const owner = anOwner();
  const recording = await recordings.create(aRecording(owner));
  expect(await recordings.create({ ...recording, name: 'changed' })).toEqual(recording);
  const segments = Array.from({ length: 1201 }, (_, index) => segment('Hello.', index));
  const transcription = aTranscription(recording);
  expect(await transcripts.create(transcription, [segments])).toEqual(transcription);
  expect(await transcripts.create({ ...transcription, language: 'de' }, [segments])).toEqual(transcription);
  expect(await transcripts.segments(owner, transcription.id)).toEqual(segments);
  const chunks = [0, 1, 2].map((index) => ({
    id: ids.next('chk'),
    ...owner,
    recordingId: recording.id,
    transcriptionId: transcription.id,
    index,
    text: 'Ana: Hello.',
    lines: [{ startMs: 0, endMs: 1, speaker: 'Ana', text: 'Hello.', segments: { first: index, last: index } }],
    tokens: 5,
    speaker: 'Ana',
    startMs: 0,
    endMs: 1,
    recordedAt: null,
  }));
  await transcripts.putChunks(owner, chunks.slice(0, 2));
  await transcripts.putChunks(owner, chunks);
  const named = chunks.map(({ id }) => id);
  expect((await transcripts.chunkIdsOf(owner, transcription.id)).sort()).toEqual(named.toSorted());
  const readable = chunks.map((chunk) => ({ ...chunk, recording }));
  expect(await transcripts.chunks(owner, [...named, ids.next('chk')])).toEqual(readable);
});

test('an import that was interrupted is found by its transcription, and a repeated one stores the rest', async () => {
  const { recordings, transcripts } = stores;
  const recording = await recordings.create(aRecording(anOwner()));
  const transcription = aTranscription(recording);
  const [first, second] = [[segment('One.', 0)], [segment('Two.', 1)]];
  async function* interrupted() {
    yield first;
    throw new Error('The process ended.');
  }
  await expect(transcripts.create(transcription, interrupted())).rejects.toThrow('The process ended.');
  expect(await transcripts.idsOf(recording, recording.id)).toEqual([transcription.id]);
  expect(await transcripts.segments(recording, transcription.id)).toEqual([]);
  await transcripts.create(transcription, [first, second]);
  expect(await transcripts.segments(recording, transcription.id)).toEqual([...first, ...second]);
  expect(await transcripts.segmentPage(recording, transcription.id, 1)).toEqual({ segments: second, pageCount: 2 });
  expect(await transcripts.purgeAll(recording, recording.id)).toBe(3);
});

test('a transcription is completed or failed', async () => {
  const { recordings, transcripts } = stores;
  const recording = await recordings.create(aRecording(anOwner()));
  const { id } = await transcripts.create(aTranscription(recording), []);
  await transcripts.markFailed(recording, id, 'The index is away.');
  expect(await transcripts.find(recording, id)).toMatchObject({ status: 'failed', error: 'The index is away.' });
  const completedAt = '2026-01-01T00:00:09.000Z';
  await transcripts.markCompleted(recording, id, completedAt);
  expect(await transcripts.find(recording, id)).toMatchObject({ status: 'completed', error: null, completedAt });
});

test('times of words come back with their segments, and what was left out with its transcription', async () => {
  const { recordings, transcripts } = stores;
  const recording = await recordings.create(aRecording(anOwner()));
  const segments = [{ ...segment('Hello there.', 0), wordStartsMs: [0, 400] }, segment('Yes.', 1)];
  const dropped = { emptyCues: 2, repeats: 3 };
  const { id } = await transcripts.create(aTranscription(recording, { sourceFormat: 'whisperx', dropped }), [segments]);
  expect(await transcripts.segments(recording, id)).toEqual(segments);
  expect(await transcripts.find(recording, id)).toMatchObject({ sourceFormat: 'whisperx', dropped });
  // As one value: a server that took it apart would be busy for seconds with a long transcript.
  const page = await connection.collection<{ _id: string }>('segment_pages').findOne({ _id: `${id}/0` });
  expect(page).toMatchObject({ segments: JSON.stringify(segments) });
});

test('a transcription from before its format was kept is still read', async () => {
  const { recordings, transcripts } = stores;
  const recording = await recordings.create(aRecording(anOwner()));
  const { id } = await transcripts.create(aTranscription(recording), []);
  const collection = connection.collection<{ _id: string }>('transcriptions');
  await collection.updateOne({ _id: id }, { $unset: { sourceFormat: '', dropped: '' } });
  expect(await transcripts.find(recording, id)).toMatchObject({ sourceFormat: null, dropped: null });
});
