import { publishTranscription } from '../../../activities/library/publish-transcription.ts';
import { sweepOrphans } from '../../../activities/library/sweep-orphans.ts';
import { orphanFinder } from '../../../src/adapters/mongo/audit/audited-database.ts';
import { settleRecording } from '../../../src/use-cases/library/settle-recording.ts';
import {
  anAnswer,
  aQuestion,
  aRecording,
  aSession,
  aTranscription,
  handClock,
  ids,
} from '../../stack/adapters/mongo/fixtures.ts';
import { NO_RUNS } from '../../support/no-runs.ts';
import { anEndUser, type Race, type Side, startRace } from '../sides.ts';

let race: Race;
beforeAll(async () => {
  race = await startRace();
});
afterAll(() => race?.close());

const INDEXED = '2026-01-01T00:00:00.000Z';
const MUCH_LATER = handClock('2026-01-01T02:00:00.000Z');

/** Erasures that a sweep has started. */
const started: string[] = [];

async function swept(indexing: readonly string[] = [], { stores }: Pick<Side, 'stores'> = race) {
  const found: Record<string, number> = {};
  const sweep = sweepOrphans(
    {
      ...stores,
      libraryGateway: {
        startErasure: async (_tenant, { id }) => {
          started.push(id);
          return { ended: Promise.resolve() };
        },
      },
      runs: { ...NO_RUNS, isIndexing: async (id) => indexing.includes(id) },
      findOrphans: orphanFinder(race.connection),
      clock: MUCH_LATER,
      onOrphans: (collection, count) => {
        found[collection] = count;
      },
    },
    { heartbeat: () => {} },
  );
  expect(await sweep()).toBe(Object.values(found).reduce((sum, count) => sum + count, 0));
  return found;
}

async function anImport() {
  const owner = await anEndUser(race);
  const recording = await race.stores.recordings.create(aRecording(owner, { status: 'pending', durationMs: null }));
  const { transcripts, imports } = race.stores;
  const transcription = await transcripts.create(aTranscription(recording, { createdAt: INDEXED }), []);
  await imports.accept(transcription);
  await settleRecording(race.stores, recording, recording.id);
  const publish = () =>
    publishTranscription({ ...race.stores, clock: MUCH_LATER })({ tenant: owner, transcriptionId: transcription.id });
  const status = async () => [
    (await transcripts.find(owner, transcription.id))?.status,
    (await race.stores.recordings.find(owner, recording.id))?.status,
  ];
  return { transcription, publish, status };
}

test('finds nothing where everything hangs on something', async () => {
  const owner = await anEndUser(race);
  const session = aSession(owner);
  await race.stores.sessions.create(session);
  const { message } = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  await race.stores.sessions.recordAnswer(owner, message, anAnswer(session.id));
  expect(await swept()).toEqual({});
});

test('counts what hangs on nothing by its collection, and removes none of it', async () => {
  const owner = await anEndUser(race);
  const session = aSession(owner);
  await race.stores.sessions.create(session);
  const { message } = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  await race.stores.sessions.recordAnswer(owner, message, anAnswer(session.id));
  await race.stores.recordings.create(aRecording(owner));
  await race.connection.collection<{ _id: string }>('sessions').deleteOne({ _id: session.id });
  expect(await swept()).toEqual({ messages: 2, turns: 1, conversations: 1 });
  expect(await swept()).toEqual({ messages: 2, turns: 1, conversations: 1 });
  await race.stores.sessions.purgeOwned(owner);
});

test('ends an import that was interrupted, and none that is being indexed', async () => {
  const [interrupted, indexed] = [await anImport(), await anImport()];
  await swept([indexed.transcription.id]);
  expect(await interrupted.status()).toEqual(['failed', 'failed']);
  expect(await indexed.status()).toEqual(['processing', 'processing']);
});

describe('an import whose API was frozen for so long that it is taken for interrupted, and that goes on, is completed', () => {
  test('when it ends after it was given up', async () => {
    const { publish, status } = await anImport();
    await swept();
    await publish();
    expect(await status()).toEqual(['completed', 'completed']);
  });

  test('when it ends while it is given up', async () => {
    const { transcription, publish, status } = await anImport();
    const sweeper = await race.side();
    const hold = sweeper.hold({ command: 'update', collection: 'transcriptions', about: transcription.id });
    const sweeping = swept([], sweeper);
    await hold.reached;
    await publish();
    hold.release();
    await sweeping;
    expect(await status()).toEqual(['completed', 'completed']);
  });
});

test('starts each erasure again that has not come to its end', async () => {
  const owner = await anEndUser(race);
  const [erased, hidden] = [aRecording(owner), aRecording(owner)];
  for (const { id } of [erased, hidden]) {
    await race.stores.recordings.create(aRecording(owner, { id }));
    await race.stores.recordings.hide(owner, id);
  }
  await race.stores.recordings.purge(owner, erased.id);
  await race.stores.endUsers.hide(owner, owner.endUserId);
  started.length = 0;
  await swept();
  expect(started.toSorted()).toEqual([hidden.id, owner.endUserId].toSorted());
});
