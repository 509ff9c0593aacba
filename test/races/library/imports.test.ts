import { publishTranscription } from '../../../activities/library/publish-transcription.ts';
import { retireTranscription } from '../../../activities/library/retire-transcription.ts';
import type { Recording } from '../../../src/domain/library/recording.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import type { PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { settleRecording } from '../../../src/use-cases/library/settle-recording.ts';
import { aRecording, aTranscription } from '../../stack/adapters/mongo/fixtures.ts';
import { anEndUser, type Race, type Side, startRace } from '../sides.ts';

let race: Race;
let one: Side;
let other: Side;
beforeAll(async () => {
  race = await startRace();
  [one, other] = [await race.side(), await race.side()];
});
afterAll(() => race?.close());

/** Where nothing was indexed: these races are about what the database says. */
const emptyIndex: PassageRetriever = {
  search: async () => [],
  upsert: async () => {},
  missing: async () => [],
  remove: async () => {},
  removeAll: async () => {},
};

async function aStoredRecording(): Promise<Recording> {
  const owner = await anEndUser(race);
  return race.stores.recordings.create(aRecording(owner, { status: 'pending', durationMs: null }));
}

/** What the API does with a transcript, until the run is started. */
async function accepted(recording: Recording, text: string, createdAt = '2026-01-01T00:00:00.000Z') {
  const { transcripts, imports, recordings } = race.stores;
  const segments = [{ startMs: 0, endMs: 1_000, text, speaker: null, confidence: null }];
  const transcription = await transcripts.create(aTranscription(recording, { createdAt }), [segments]);
  await imports.accept(transcription);
  await settleRecording({ recordings, imports }, recording, recording.id);
  return transcription;
}

/** The end of an import's run: it publishes, then retires what nobody reads any more. */
async function finished({ stores }: Side, { id, ...owner }: Awaited<ReturnType<typeof accepted>>) {
  const of = { tenant: owner, transcriptionId: id };
  const deps = { ...stores, clock: systemClock, retriever: emptyIndex, digest };
  for (const { transcriptionId, by } of await publishTranscription(deps)(of)) {
    await retireTranscription(deps)({ ...of, transcriptionId, by });
  }
}

/** What stands in the end: who serves with which words, and what each import came to. */
async function standing(recording: Recording, imports: readonly { id: `txn_${string}` }[]) {
  const { recordings, transcripts } = race.stores;
  const now = await recordings.find(recording, recording.id);
  const served = now && (await transcripts.currentOf(now));
  const ends = await Promise.all(imports.map(({ id }) => transcripts.find(recording, id)));
  return {
    status: now?.status,
    served: served && imports.findIndex(({ id }) => id === served.id),
    words: served && (await transcripts.segments(recording, served.id)).map(({ text }) => text),
    ends: ends.map((end) => end?.status),
    by: ends.map((end) => (end?.replacedBy ? imports.findIndex(({ id }) => id === end.replacedBy) : null)),
  };
}

const LATER_SERVES = {
  status: 'completed',
  served: 1,
  words: ['later'],
  ends: ['replaced', 'completed'],
  by: [1, null],
};

describe('of two imports at once the one that was accepted last serves, and the other one is replaced', () => {
  test.each([
    ['the earlier one is held before it names itself', 0, 'update', 'recordings'],
    ['the later one is held before it names itself', 1, 'update', 'recordings'],
    ['the earlier one is held before it completes', 0, 'insert', 'imports'],
    ['the later one is held before it completes', 1, 'insert', 'imports'],
  ] as const)('%s', async (_name, held, command, collection) => {
    const recording = await aStoredRecording();
    const imports = [await accepted(recording, 'earlier'), await accepted(recording, 'later')] as const;
    const hold = one.hold({ command, collection, about: recording.id });
    const first = finished(one, imports[held]);
    await hold.reached;
    await finished(other, imports[1 - held] as (typeof imports)[number]);
    hold.release();
    await first;
    expect(await standing(recording, imports)).toEqual(LATER_SERVES);
  });

  test('a process that dies after it named an outdated import leaves the recording readable', async () => {
    const recording = await aStoredRecording();
    const imports = [await accepted(recording, 'earlier'), await accepted(recording, 'later')] as const;
    await finished(one, imports[0]);
    await finished(other, imports[1]);
    await race.stores.recordings.update(recording, recording.id, { transcriptionId: imports[0].id });
    expect(await standing(recording, imports)).toEqual(LATER_SERVES);
  });
});

test('no clock decides: an API that is an hour behind accepts the later import', async () => {
  const recording = await aStoredRecording();
  const imports = [
    await accepted(recording, 'earlier', '2026-01-01T01:00:00.000Z'),
    await accepted(recording, 'later', '2026-01-01T00:00:00.000Z'),
  ] as const;
  await finished(one, imports[0]);
  await finished(other, imports[1]);
  expect(await standing(recording, imports)).toEqual(LATER_SERVES);
});

describe('an import that was replaced gets no words again', () => {
  async function aReplacedImport() {
    const recording = await aStoredRecording();
    const asked = aTranscription(recording);
    const segments = [{ startMs: 0, endMs: 1_000, text: 'earlier', speaker: null, confidence: null }];
    const first = await race.stores.transcripts.create(asked, [segments]);
    const store = ({ stores }: Pick<Side, 'stores'>) => stores.transcripts.create(asked, [segments]);
    const replace = async () => {
      await race.stores.imports.accept(first);
      await finished(one, first);
      await finished(one, await accepted(recording, 'later'));
    };
    const words = () => race.connection.collection('segment_pages').countDocuments({ transcriptionId: asked.id });
    return { asked, store, replace, words };
  }

  test('from a repeat of its request', async () => {
    const { store, replace, words } = await aReplacedImport();
    await replace();
    expect(await store(other)).toMatchObject({ status: 'replaced' });
    expect(await words()).toBe(0);
  });

  test('from a repeat that stores them at the same time', async () => {
    const { asked, store, replace, words } = await aReplacedImport();
    await race.connection
      .collection<{ _id: string }>('transcriptions')
      .updateOne({ _id: asked.id }, { $set: { pageCount: 0 } });
    const hold = other.hold({ command: 'insert', collection: 'segment_pages', about: asked.id });
    const repeated = store(other);
    await hold.reached;
    await replace();
    hold.release();
    await repeated;
    expect(await words()).toBe(0);
  });
});

test('a repeated import writes nothing over what its run has told meanwhile', async () => {
  const recording = await aStoredRecording();
  const asked = aTranscription(recording);
  const segments = [{ startMs: 0, endMs: 1_000, text: 'said', speaker: null, confidence: null }];
  await race.stores.transcripts.create(asked, [segments]);
  const hold = other.hold({ command: 'update', collection: 'transcriptions', about: asked.id });
  const repeated = other.stores.transcripts.create(asked, [segments]);
  expect(await Promise.race([hold.reached.then(() => 'written'), repeated.then(() => 'nothing')])).toBe('nothing');
  hold.release();
});

test('two APIs that accept at once give two places', async () => {
  const recording = await aStoredRecording();
  const made = await Promise.all([1, 2].map(() => race.stores.transcripts.create(aTranscription(recording), [])));
  const hold = one.hold({ command: 'insert', collection: 'imports', about: recording.id });
  const [first, second] = made as [(typeof made)[number], (typeof made)[number]];
  const accepting = one.stores.imports.accept(first);
  await hold.reached;
  await other.stores.imports.accept(second);
  hold.release();
  await accepting;
  const states = await race.stores.imports.statesOf(recording, recording.id);
  expect(
    states.map(({ transcriptionId, place }) => [transcriptionId, place]).sort((a, b) => Number(a[1]) - Number(b[1])),
  ).toEqual([
    [second.id, 1],
    [first.id, 2],
  ]);
});
