import { eraseSession } from '../../../activities/library/erase.ts';
import { narrowToEndUser } from '../../../src/domain/access/tenant.ts';
import { anAnswer, aQuestion, aRecording, aSession, aTranscription, ids } from '../../stack/adapters/mongo/fixtures.ts';
import { eventually } from '../../support/eventually.ts';
import { anEndUser, leftOf, type Race, type Side, startRace } from '../sides.ts';
import { aScene, eraseEverythingOf, eraseRecordingOf, eraserOf, type Scene, SEGMENTS } from './erasing.ts';

let race: Race;
let writer: Side;
beforeAll(async () => {
  race = await startRace();
  writer = await race.side();
});
afterAll(() => race?.close());

/** What a process writes, held between its look and its write while its end user is erased. */
const WRITES: Record<string, { command?: string; collection: string; write(scene: Scene): Promise<unknown> }> = {
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
    write: (scene) => writeAnswer(scene),
  },
  'the conversation of an answer': {
    command: 'update',
    collection: 'conversations',
    write: (scene) => writeAnswer(scene),
  },
  'words of an answer on its way': {
    collection: 'feed_batches',
    write: ({ owner, session }) => {
      const batch = { generation: 1, attempt: 1, pieces: [{ type: 'text' as const, text: 'Said.' }], last: false };
      return writer.stores.feed.publish({ owner, sessionId: session.id, turnId: ids.next('trn') }, 0, batch);
    },
  },
};

async function writeAnswer({ owner, session }: Scene): Promise<unknown> {
  const asked = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  return writer.stores.sessions.recordAnswer(owner, asked.message, anAnswer(session.id));
}

describe('nothing outlives the erasure of its end user that was being written', () => {
  test.each(Object.entries(WRITES))('%s', async (_name, { command = 'insert', collection, write }) => {
    const scene = await aScene(race);
    const hold = writer.hold({ command, collection, about: scene.owner.endUserId });
    const writing = write(scene).then(
      () => 'written',
      (error: { kind?: string }) => error.kind,
    );
    await hold.reached;
    await eraseEverythingOf(race, scene.owner);
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
    'a change of its date': {
      collection: 'date_changes',
      write: ({ recording }) => writer.stores.dateChanges.note(recording),
    },
    'the end of an import': {
      collection: 'imports',
      write: async ({ recording }) =>
        writer.stores.imports.note(await race.stores.transcripts.create(aTranscription(recording), []), 'completed'),
    },
  };

  test.each(Object.entries(QUIET))('%s', async (_name, { collection, write }) => {
    const scene = await aScene(race);
    const hold = writer.hold({ command: 'insert', collection, about: scene.owner.endUserId });
    const writing = write(scene);
    await hold.reached;
    await eraseEverythingOf(race, scene.owner);
    hold.release();
    await writing;
    expect(await leftOf(race, scene.owner)).toEqual({});
  });

  test.each(['messages', 'segment_pages'])('what hangs on nothing any more: %s', async (collection) => {
    const { owner, recording, session } = await aScene(race);
    await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
    await race.stores.transcripts.create(aTranscription(recording), [SEGMENTS]);
    for (const parents of ['sessions', 'recordings', 'transcriptions']) {
      await race.connection.collection(parents).deleteMany({ endUserId: owner.endUserId });
    }
    expect(await leftOf(race, owner)).toHaveProperty(collection, 1);
    await eraseEverythingOf(race, owner);
    expect(await leftOf(race, owner)).not.toHaveProperty(collection);
  });

  test('a turn that is reported failed', async () => {
    const { owner, session } = await aScene(race);
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
    await eraseEverythingOf(race, owner);
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
      const scene = await aScene(race);
      const { owner, recording } = scene;
      const hold = writer.hold({ command: 'insert', collection, about: recording.id });
      const writing = write(scene).catch(() => undefined);
      await hold.reached;
      await eraseRecordingOf(race, scene);
      hold.release();
      await writing;
      expect(await leftOf(race, owner)).toEqual({ sessions: 1 });
    },
  );

  test('what a process that died wrote to its session after the erasure goes with the second look', async () => {
    const scene = await aScene(race);
    const { owner, recording } = scene;
    const session = aSession(owner, { scope: { type: 'recording', recordingId: recording.id } });
    await race.stores.sessions.create(session);
    const erase = () => eraseRecordingOf(race, scene);
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
});

test('an erasure looks again until it finds nothing, because a process may write beside it and die', async () => {
  const { owner, session } = await aScene(race);
  await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const messages = race.connection.collection('messages');
  const [question] = await messages.find({ sessionId: session.id }).toArray();
  const hold = writer.hold({ command: 'delete', collection: 'turns', about: session.id });
  const erasing = eraseSession({ ...eraserOf(race), ...writer.stores })({ tenant: owner, id: session.id });
  await hold.reached;
  await eventually(async () => (await messages.countDocuments({ sessionId: session.id })) === 0);
  await messages.insertOne(question ?? {});
  hold.release();
  await erasing;
  expect(await leftOf(race, owner)).toEqual({ recordings: 1 });
});

test('what a late question left is erased with a session that is gone, and never with one that stands', async () => {
  const { owner, session } = await aScene(race);
  await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const eraseLeftovers = () => eraseSession(eraserOf(race))({ tenant: owner, id: session.id, onlyIfGone: true });
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
  await eraseEverythingOf(race, owner);
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
  await eraseEverythingOf(race, owner);
  expect(await leftOf(race, owner)).toEqual({});
  hold.release();
});
