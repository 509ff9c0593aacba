import {
  closeEndUser,
  type EraseDependencies,
  eraseEndUser,
  eraseRecording,
  eraseSession,
} from '../../activities/library/erase.ts';
import { narrowToEndUser, type Owned } from '../../src/domain/access/tenant.ts';
import { anAnswer, aQuestion, aRecording, aSession, aTranscription, ids } from '../stack/adapters/mongo/fixtures.ts';
import { eventually } from '../support/eventually.ts';
import { anEndUser, leftOf, type Race, type Side, startRace } from './sides.ts';

let race: Race;
let writer: Side;
beforeAll(async () => {
  race = await startRace();
  writer = await race.side();
});
afterAll(() => race?.close());

/** An erasure as its workflow runs it, where neither index nor runs hold anything. */
function eraser(): EraseDependencies {
  const nothing = async () => {};
  return {
    ...race.stores,
    retriever: {
      search: async () => [],
      upsert: nothing,
      missing: async () => [],
      remove: nothing,
      removeAll: nothing,
    },
    runs: { removeSession: nothing, isIndexing: async () => false },
  };
}

async function eraseEverythingOf(owner: Owned): Promise<void> {
  const deps = eraser();
  const tenant = { ...owner, endUserId: null };
  for (;;) {
    const left = await closeEndUser(deps)({ tenant, endUserId: owner.endUserId, limit: 100 });
    if (left.sessionIds.length + left.recordingIds.length === 0) break;
    for (const id of left.sessionIds) await eraseSession(deps)({ tenant, id });
    for (const id of left.recordingIds) await eraseRecording(deps)({ tenant, id, endUserId: owner.endUserId });
  }
  await eraseEndUser(deps)({ tenant, id: owner.endUserId });
}

const SEGMENTS = [{ startMs: 0, endMs: 1, text: 'Said.', speaker: null, confidence: null }];

interface Scene {
  owner: Owned;
  recording: ReturnType<typeof aRecording>;
  session: ReturnType<typeof aSession>;
}

/** What a process writes, held between its look and its write while its end user is erased. */
const WRITES: Record<
  string,
  { collection: string; write(scene: Scene): Promise<unknown>; before?(scene: Scene): Promise<unknown> }
> = {
  'a session': {
    collection: 'sessions',
    write: ({ owner }) => writer.stores.sessions.create(aSession(owner)),
  },
  'a session over a recording': {
    collection: 'sessions',
    write: ({ owner, recording }) =>
      writer.stores.sessions.create(aSession(owner, { scope: { type: 'recording', recordingId: recording.id } })),
  },
  'a recording': { collection: 'recordings', write: ({ owner }) => writer.stores.recordings.create(aRecording(owner)) },
  'a recording with an external id': {
    collection: 'recordings',
    write: ({ owner }) => writer.stores.recordings.createNamed({ ...aRecording(owner), externalId: 'crm-1' }),
  },
  'a key': {
    collection: 'keys',
    write: ({ owner }) => writer.stores.keys.create({ ...owner, scopes: null, createdBy: null }),
  },
  'pages of a transcript': {
    collection: 'segment_pages',
    write: ({ recording }) => writer.stores.transcripts.create(aTranscription(recording), [SEGMENTS]),
  },
  'the place of an import': {
    collection: 'imports',
    write: async ({ recording }) =>
      writer.stores.imports.accept(await race.stores.transcripts.create(aTranscription(recording), [SEGMENTS])),
  },
  chunks: {
    collection: 'chunks',
    write: async ({ owner, recording }) => {
      const { id: transcriptionId } = await race.stores.transcripts.create(aTranscription(recording), [SEGMENTS]);
      const place = { recordingId: recording.id, transcriptionId, index: 0, startMs: 0, endMs: 1, recordedAt: null };
      const chunk = { id: ids.next('chk'), ...owner, ...place, text: 'Said.', lines: [], tokens: 1, speaker: null };
      await writer.stores.transcripts.putChunks(narrowToEndUser(owner, owner.endUserId), [chunk]);
    },
  },
  'a question': {
    collection: 'messages',
    write: ({ owner, session }) =>
      writer.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion()),
  },
  'an answer': {
    collection: 'messages',
    write: async ({ owner, session }) => {
      const turnId = ids.next('trn');
      const asked = await race.stores.sessions.recordQuestion(owner, session.id, turnId, aQuestion());
      return writer.stores.sessions.recordAnswer(owner, asked.message, anAnswer(session.id));
    },
  },
  'words of an answer on its way': {
    collection: 'feed_batches',
    write: ({ owner, session }) => {
      const batch = { generation: 1, attempt: 1, pieces: [{ type: 'text' as const, text: 'Said.' }], last: false };
      return writer.stores.feed.publish({ owner, sessionId: session.id, turnId: ids.next('trn') }, 0, batch);
    },
  },
};

async function aScene(): Promise<Scene> {
  const owner = await anEndUser(race);
  const recording = await race.stores.recordings.create(aRecording(owner));
  const session = aSession(owner);
  await race.stores.sessions.create(session);
  return { owner, recording, session };
}

describe('nothing outlives the erasure of its end user that was being written', () => {
  test.each(Object.entries(WRITES))('%s', async (_name, { collection, write }) => {
    const scene = await aScene();
    const hold = writer.hold({ command: 'insert', collection, about: scene.owner.endUserId });
    const writing = write(scene).then(
      () => 'written',
      (error: { kind?: string }) => error.kind,
    );
    await hold.reached;
    await eraseEverythingOf(scene.owner);
    hold.release();
    expect(await writing).toBe('not_found');
    expect(await leftOf(race, scene.owner)).toEqual({});
  });

  const QUIET: Record<string, { collection: string; write(scene: Scene): Promise<unknown> }> = {
    'a subscriber': {
      collection: 'feed_listeners',
      write: ({ owner, session }) =>
        writer.stores.feed.subscribe({ owner, sessionId: session.id, turnId: ids.next('trn') }),
    },
    'the end of an import': {
      collection: 'imports',
      write: async ({ recording }) =>
        writer.stores.imports.note(await race.stores.transcripts.create(aTranscription(recording), []), 'completed'),
    },
  };

  test.each(Object.entries(QUIET))('%s', async (_name, { collection, write }) => {
    const scene = await aScene();
    const hold = writer.hold({ command: 'insert', collection, about: scene.owner.endUserId });
    const writing = write(scene);
    await hold.reached;
    await eraseEverythingOf(scene.owner);
    hold.release();
    await writing;
    expect(await leftOf(race, scene.owner)).toEqual({});
  });

  test.each(['messages', 'segment_pages'])('what hangs on nothing any more: %s', async (collection) => {
    const { owner, recording, session } = await aScene();
    await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
    await race.stores.transcripts.create(aTranscription(recording), [SEGMENTS]);
    for (const parents of ['sessions', 'recordings', 'transcriptions']) {
      await race.connection.collection(parents).deleteMany({ endUserId: owner.endUserId });
    }
    expect(await leftOf(race, owner)).toHaveProperty(collection, 1);
    await eraseEverythingOf(owner);
    expect(await leftOf(race, owner)).not.toHaveProperty(collection);
  });

  test('a turn that is reported failed', async () => {
    const { owner, session } = await aScene();
    const turnId = ids.next('trn');
    const { message } = await race.stores.sessions.recordQuestion(owner, session.id, turnId, aQuestion());
    const hold = writer.hold({ command: 'update', collection: 'turns', about: turnId });
    const now = '2026-01-01T00:00:00.000Z';
    const [of, at] = [
      { sessionId: session.id, messageId: message.id },
      { createdAt: now, completedAt: now },
    ];
    const turn = { id: turnId, ...of, attempt: 1, ...at };
    const error = { kind: 'unavailable' as const, message: 'Away.' };
    const writing = writer.stores.sessions.recordFailure(owner, { ...turn, status: 'failed', error });
    await hold.reached;
    await eraseEverythingOf(owner);
    hold.release();
    await writing;
    expect(await leftOf(race, owner)).toEqual({});
  });
});

describe('nothing hangs on an erased recording that was being written', () => {
  test.each(['a session over a recording', 'pages of a transcript', 'chunks', 'the place of an import'])(
    '%s',
    async (name) => {
      const { collection, write } = WRITES[name] as (typeof WRITES)[string];
      const scene = await aScene();
      const { owner, recording } = scene;
      const hold = writer.hold({ command: 'insert', collection, about: recording.id });
      const writing = write(scene).catch(() => undefined);
      await hold.reached;
      await eraseRecording(eraser())({ tenant: owner, id: recording.id, endUserId: owner.endUserId });
      hold.release();
      await writing;
      expect(await leftOf(race, owner)).toEqual({ sessions: 1 });
    },
  );

  test('what a process that died wrote to its session after the erasure goes with the second look', async () => {
    const { owner, recording } = await aScene();
    const session = aSession(owner, { scope: { type: 'recording', recordingId: recording.id } });
    await race.stores.sessions.create(session);
    const erase = () => eraseRecording(eraser())({ tenant: owner, id: recording.id, endUserId: owner.endUserId });
    const hold = writer.hold({ command: 'insert', collection: 'messages', about: session.id, until: 'reply' });
    const asking = writer.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
    void asking.catch(() => undefined);
    await hold.reached;
    const question = await race.connection.collection('messages').findOne({ sessionId: session.id });
    await erase();
    await race.connection.collection('messages').insertOne(question ?? {});
    await erase();
    expect(await leftOf(race, owner)).toEqual({ sessions: 1 });
    hold.release();
  });

  test('an answer that quotes it keeps the places of its sources, without the words', async () => {
    const { owner, recording, session } = await aScene();
    const { message } = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
    const source = {
      ...{ chunkId: ids.next('chk'), recordingId: recording.id, transcriptionId: ids.next('txn'), text: 'Said.' },
      ...{ speaker: 'Ana', startMs: 0, endMs: 1, recordedAt: null, score: 1 },
    };
    const kept = { ...source, recordingId: ids.next('rec'), text: 'Kept.' };
    const hold = writer.hold({ command: 'insert', collection: 'messages', about: session.id });
    const answer = { ...anAnswer(session.id), sources: [source, kept] };
    const writing = writer.stores.sessions.recordAnswer(owner, message, answer);
    await hold.reached;
    await eraseRecording(eraser())({ tenant: owner, id: recording.id, endUserId: owner.endUserId });
    hold.release();
    await writing;
    const stored = await race.stores.sessions.findAnswer(owner, session.id, message.id);
    expect(stored?.sources).toEqual([{ ...source, text: '', speaker: null }, kept]);
  });
});

test('an erasure looks again until it finds nothing, because a process may write beside it and die', async () => {
  const { owner, session } = await aScene();
  await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const messages = race.connection.collection('messages');
  const [question] = await messages.find({ sessionId: session.id }).toArray();
  const hold = writer.hold({ command: 'delete', collection: 'turns', about: session.id });
  const erasing = eraseSession({ ...eraser(), ...writer.stores })({ tenant: owner, id: session.id });
  await hold.reached;
  await eventually(async () => (await messages.countDocuments({ sessionId: session.id })) === 0);
  await messages.insertOne(question ?? {});
  hold.release();
  await erasing;
  expect(await leftOf(race, owner)).toEqual({ recordings: 1 });
});

test('what a late question left is erased with a session that is gone, and never with one that stands', async () => {
  const { owner, session } = await aScene();
  await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const eraseLeftovers = () => eraseSession(eraser())({ tenant: owner, id: session.id, onlyIfGone: true });
  await eraseLeftovers();
  expect(await leftOf(race, owner)).toMatchObject({ sessions: 1, messages: 1 });
  await race.stores.sessions.hide(owner, session.id);
  await eraseLeftovers();
  expect(await leftOf(race, owner)).toEqual({ recordings: 1 });
});

test('keys that are scoped to an erased end user are revoked with them', async () => {
  const owner = await anEndUser(race);
  const { secret } = await race.stores.keys.create({ ...owner, scopes: null, createdBy: null });
  const ofProject = await race.stores.keys.create({ ...owner, endUserId: null, scopes: null, createdBy: null });
  await eraseEverythingOf(owner);
  expect(await race.stores.keys.authenticate(secret)).toBeNull();
  expect(await race.stores.keys.authenticate(ofProject.secret)).not.toBeNull();
});

test('pages of an import that was killed are found by their owner, and erased', async () => {
  const owner = await anEndUser(race);
  const recording = await race.stores.recordings.create(aRecording(owner));
  const hold = writer.hold({ command: 'insert', collection: 'segment_pages', about: recording.id, until: 'reply' });
  // It never goes on: its process died once the page was stored.
  void writer.stores.transcripts.create(aTranscription(recording), [SEGMENTS]).catch(() => undefined);
  await hold.reached;
  expect(await leftOf(race, owner)).toEqual({ recordings: 1, transcriptions: 1, segment_pages: 1 });
  await eraseEverythingOf(owner);
  expect(await leftOf(race, owner)).toEqual({});
  hold.release();
});
