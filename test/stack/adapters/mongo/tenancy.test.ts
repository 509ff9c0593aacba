import type { Connection } from 'mongoose';
import type { Tenant } from '../../../../src/domain/access/tenant.ts';
import type { Chunk } from '../../../../src/domain/library/chunk.ts';
import { questionIdOf } from '../../../../src/domain/shared/ids.ts';
import {
  anAnswer,
  anOwner,
  aQuestion,
  aRecording,
  aSession,
  aTranscription,
  drop,
  freshDatabase,
  ids,
  storesOf,
  strangersTo,
} from './fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

const NOTHING = { items: [], next: null };
const FIRST = { limit: 10, after: null };

/** One of everything, and each way to read it by name. */
async function aFullLibrary() {
  const owner = anOwner();
  const { sessions, recordings, transcripts, endUsers } = stores;
  const { projectId, mode, endUserId } = owner;
  await endUsers.create({
    id: endUserId,
    projectId,
    mode,
    externalId: null,
    name: 'Ana',
    metadata: {},
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  const recording = await recordings.create(aRecording(owner));
  const transcription = await transcripts.create(aTranscription(recording), [
    [{ startMs: 0, endMs: 1, text: 'Hello.', speaker: null, confidence: null }],
  ]);
  const chunk: Chunk = {
    id: ids.next('chk'),
    ...owner,
    recordingId: recording.id,
    transcriptionId: transcription.id,
    index: 0,
    text: 'Hello.',
    lines: [{ startMs: 0, endMs: 1, speaker: null, text: 'Hello.', segments: { first: 0, last: 0 } }],
    tokens: 5,
    speaker: null,
    startMs: 0,
    endMs: 1,
    recordedAt: null,
  };
  await transcripts.putChunks(owner, [chunk]);
  const session = aSession(owner, { scope: { type: 'recording', recordingId: recording.id } });
  await sessions.create(session);
  const turnId = ids.next('trn');
  const asked = aQuestion({ id: questionIdOf(turnId) });
  const { message: question } = await sessions.recordQuestion(owner, session.id, turnId, asked);
  await sessions.recordAttempt(owner, session.id, turnId, { attempt: 2, generation: 2 });
  await sessions.recordAnswer(owner, question, {
    ...anAnswer(session.id),
    parts: [
      { type: 'text', text: 'On May 12 ' },
      {
        ...{ type: 'citation', recordingId: recording.id, startMs: 0, endMs: 1 },
        ...{ speaker: 'Ana', quote: 'On May 12.', sourceIndex: 0 },
      },
    ],
    grounding: { status: 'partial', method: 'look-up/1', unsupported: [{ text: 'Ben', kind: 'name' }] },
    sources: [
      {
        chunkId: chunk.id,
        recordingId: recording.id,
        transcriptionId: transcription.id,
        text: 'Hello.',
        speaker: 'Ana',
        startMs: 0,
        endMs: 1,
        recordedAt: null,
        score: 1,
      },
    ],
  });
  return { owner, recording, transcription, chunk, session, turnId, question };
}

type Library = Awaited<ReturnType<typeof aFullLibrary>>;
const READS: Record<string, [(tenant: Tenant, of: Library) => Promise<unknown>, empty: unknown]> = {
  'sessions.find': [(t, of) => stores.sessions.find(t, of.session.id), null],
  'sessions.list': [(t) => stores.sessions.list(t, {}, FIRST), NOTHING],
  'sessions.list of the end user': [
    (t, of) => stores.sessions.list(t, { endUserId: of.owner.endUserId }, FIRST),
    NOTHING,
  ],
  'sessions.findTurn': [(t, of) => stores.sessions.findTurn(t, of.session.id, of.turnId), null],
  'sessions.findQuestion': [(t, of) => stores.sessions.findQuestion(t, of.session.id, of.question.id), null],
  'sessions.findAnswer': [(t, of) => stores.sessions.findAnswer(t, of.session.id, of.question.id), null],
  'sessions.listMessages': [
    (t, of) => stores.sessions.listMessages(t, of.session.id, FIRST).catch(({ kind }) => kind),
    'not_found',
  ],
  'sessions.idsFor': [(t, of) => stores.sessions.idsFor(t, { recordingId: of.recording.id }), []],
  'sessions.purgeSources': [(t, of) => stores.sessions.purgeSources(t, of.recording.id), 0],
  'endUsers.find': [(t, of) => stores.endUsers.find(t, of.owner.endUserId), null],
  'endUsers.list': [(t) => stores.endUsers.list(t, {}, FIRST), NOTHING],
  'recordings.find': [(t, of) => stores.recordings.find(t, of.recording.id), null],
  'recordings.findAll': [(t, of) => stores.recordings.findAll(t, [of.recording.id]), []],
  'recordings.list': [(t) => stores.recordings.list(t, {}, { limit: 10, offset: 0 }), NOTHING],
  'recordings.idsOf': [(t, of) => stores.recordings.idsOf(t, of.owner.endUserId), []],
  'transcripts.find': [(t, of) => stores.transcripts.find(t, of.transcription.id), null],
  'transcripts.segments': [(t, of) => stores.transcripts.segments(t, of.transcription.id), []],
  'transcripts.segmentPage': [(t, of) => stores.transcripts.segmentPage(t, of.transcription.id, 0), null],
  'transcripts.idsOf': [(t, of) => stores.transcripts.idsOf(t, of.recording.id), []],
  'transcripts.chunks': [(t, of) => stores.transcripts.chunks(t, [of.chunk.id]), []],
  'transcripts.chunkIdsOf': [(t, of) => stores.transcripts.chunkIdsOf(t, of.transcription.id), []],
};

const WRITES: Record<string, (tenant: Tenant, of: Library) => Promise<unknown>> = {
  'sessions.hide': (t, of) => stores.sessions.hide(t, of.session.id),
  'sessions.purge': (t, of) => stores.sessions.purge(t, of.session.id),
  'sessions.recordQuestion': (t, of) => stores.sessions.recordQuestion(t, of.session.id, ids.next('trn'), aQuestion()),
  'sessions.recordAnswer': (t, of) => stores.sessions.recordAnswer(t, of.question, anAnswer(of.session.id, 'Mine.')),
  'sessions.recordAttempt': (t, of) =>
    stores.sessions.recordAttempt(t, of.session.id, of.turnId, { attempt: 7, generation: 7 }),
  'endUsers.hide': (t, of) => stores.endUsers.hide(t, of.owner.endUserId),
  'endUsers.purge': (t, of) => stores.endUsers.purge(t, of.owner.endUserId),
  'recordings.hide': (t, of) => stores.recordings.hide(t, of.recording.id),
  'recordings.update': (t, of) => stores.recordings.update(t, of.recording.id, { status: 'failed' }),
  'recordings.revise': (t, of) => stores.recordings.revise(t, of.recording.id, () => ({ name: 'Mine' })),
  'endUsers.revise': (t, of) => stores.endUsers.revise(t, of.owner.endUserId, { name: 'Mine' }),
  'recordings.purge': (t, of) => stores.recordings.purge(t, of.recording.id),
  'transcripts.markFailed': (t, of) => stores.transcripts.markFailed(t, of.transcription.id, 'no'),
  'transcripts.purgeWords': (t, of) => stores.transcripts.purgeWords(t, of.transcription.id),
  'transcripts.purgeAll': (t, of) => stores.transcripts.purgeAll(t, of.recording.id),
};

describe('what a stranger finds is nothing', () => {
  test.each(Object.entries(READS))('%s', async (_name, [read, empty]) => {
    const library = await aFullLibrary();
    for (const [, stranger] of strangersTo(library.owner)) expect(await read(stranger, library)).toEqual(empty);
    expect(await read(library.owner, library)).not.toEqual(empty);
  });
});

describe('what a stranger writes changes nothing', () => {
  test.each(Object.entries(WRITES))('%s', async (_name, write) => {
    const library = await aFullLibrary();
    const everything = () =>
      Promise.all(
        Object.entries(READS)
          .filter(([name]) => name !== 'sessions.purgeSources')
          .map(([, [read]]) => read(library.owner, library)),
      );
    const before = await everything();
    for (const [, stranger] of strangersTo(library.owner)) await write(stranger, library).catch(() => undefined);
    expect(await everything()).toEqual(before);
  });
});

test('a project key sees every end user of its project and mode', async () => {
  const library = await aFullLibrary();
  const project: Tenant = { ...library.owner, endUserId: null };
  for (const [read, empty] of Object.values(READS)) expect(await read(project, library)).not.toEqual(empty);
});

describe('deletion', () => {
  test('a hidden session is hidden from every read at once, and stays known to erasure until purged', async () => {
    const { sessions } = stores;
    const library = await aFullLibrary();
    const { owner, session, recording } = library;
    expect(await sessions.hide(owner, session.id)).toBe(true);
    expect(await sessions.hide(owner, session.id)).toBe(false);
    for (const name of ['find', 'findTurn', 'findQuestion', 'findAnswer', 'listMessages', 'list']) {
      const [read, empty] = READS[`sessions.${name}`] ?? [];
      expect(await read?.(owner, library)).toEqual(empty);
    }
    expect(await sessions.idsFor(owner, { recordingId: recording.id })).toEqual([session.id]);
    expect(await sessions.idsFor(owner, { endUserId: owner.endUserId })).toEqual([session.id]);
    expect(await sessions.purge(owner, session.id)).toBe(4);
    expect(await sessions.purge(owner, session.id)).toBe(0);
    expect(await sessions.idsFor(owner, { endUserId: owner.endUserId })).toEqual([]);
  });

  test('creating a deleted session again does not bring it back', async () => {
    const owner = anOwner();
    const session = aSession(owner);
    await stores.sessions.create(session);
    await stores.sessions.hide(owner, session.id);
    await expect(stores.sessions.create(session)).rejects.toMatchObject({ kind: 'not_found' });
    await stores.sessions.purge(owner, session.id);
    await expect(stores.sessions.create(session)).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('deletion wins over updates that run at the same time', async () => {
    const owner = anOwner();
    for (let round = 0; round < 20; round++) {
      const { id } = await stores.recordings.create(aRecording(owner));
      const update = () => stores.recordings.update(owner, id, { status: 'processing' });
      await Promise.all([update(), update(), stores.recordings.hide(owner, id), update(), update()]);
      expect(await stores.recordings.find(owner, id)).toBeNull();
    }
  });

  test('a hidden recording hides its transcriptions and chunks, which erasure still finds', async () => {
    const { transcripts, recordings } = stores;
    const { owner, recording, transcription, chunk } = await aFullLibrary();
    await recordings.hide(owner, recording.id);
    expect(await transcripts.find(owner, transcription.id)).toBeNull();
    expect(await transcripts.segments(owner, transcription.id)).toEqual([]);
    expect(await transcripts.chunks(owner, [chunk.id])).toEqual([]);
    expect(await recordings.idsOf(owner, owner.endUserId)).toEqual([recording.id]);
    expect(await transcripts.idsOf(owner, recording.id)).toEqual([transcription.id]);
    expect(await transcripts.chunkIdsOf(owner, transcription.id)).toEqual([chunk.id]);
    expect(await transcripts.purgeAll(owner, recording.id)).toBe(3);
    expect(await recordings.purge(owner, recording.id)).toBe(0);
    expect(await recordings.idsOf(owner, owner.endUserId)).toEqual([]);
  });

  test("purging sources blanks one recording's words only, and leaves the answer's own", async () => {
    const { sessions } = stores;
    const { owner, session, recording, question } = await aFullLibrary();
    const answer = await sessions.findAnswer(owner, session.id, question.id);
    expect(await sessions.purgeSources(owner, ids.next('rec'))).toBe(0);
    expect(answer?.sources).toHaveLength(1);
    expect(await sessions.purgeSources(owner, recording.id)).toBe(1);
    const erased = await sessions.findAnswer(owner, session.id, question.id);
    expect(erased?.content).toBe(answer?.content);
    expect(erased?.sources).toEqual(answer?.sources.map((source) => ({ ...source, text: '', speaker: null })));
    const [text, citation] = answer?.parts ?? [];
    expect(citation).toMatchObject({ quote: 'On May 12.', speaker: 'Ana' });
    expect(erased?.parts).toEqual([text, { ...citation, quote: null, speaker: null }]);
    expect(erased?.grounding?.unsupported).toEqual([{ text: null, kind: 'name' }]);
    expect(await sessions.purgeSources(owner, recording.id)).toBe(0);
  });
});
