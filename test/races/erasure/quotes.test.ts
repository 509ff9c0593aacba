import type { Retrieval, Understood } from '../../../src/domain/ask/retrieval.ts';
import type { TurnId } from '../../../src/domain/shared/ids.ts';
import { anAnswer, aQuestion, ids } from '../../stack/adapters/mongo/fixtures.ts';
import { type Race, type Side, startRace } from '../sides.ts';
import { aScene, eraseRecordingOf, type Scene } from './erasing.ts';

let race: Race;
let writer: Side;
beforeAll(async () => {
  race = await startRace();
  writer = await race.side();
});
afterAll(() => race?.close());

const other = ids.next('rec');

/** An answer over a library that quotes a recording and another one. */
function aQuotingAnswer({ recording, session }: Scene) {
  const source = {
    ...{ chunkId: ids.next('chk'), recordingId: recording.id, transcriptionId: ids.next('txn'), text: 'Said.' },
    ...{ speaker: 'Ana', startMs: 0, endMs: 1, recordedAt: null, score: 1 },
  };
  const sources = [source, { ...source, recordingId: other, text: 'Kept.' }];
  const parts = sources.map(({ recordingId }, sourceIndex) => ({
    ...{ type: 'citation' as const, recordingId, sourceIndex, quote: 'Said.', speaker: 'Ana' },
    ...{ startMs: 0, endMs: 1 },
  }));
  return { ...anAnswer(session.id), sources, parts, retrieval: aRetrieval([{ text: 'Ana', speakers: ['Ana Lopez'] }]) };
}

function aRetrieval(understood: Understood[]): Retrieval {
  return {
    ...{ method: 'passages', complete: false, recordingsInScope: 2, recordingsUsed: 2, passages: 2, tokens: 2 },
    ...{ filters: { timezone: 'UTC' }, understood, unknownSpeakers: [], queries: [], ignoredRefs: [] },
  };
}

/** The same without the words of the first recording: everything has its place. */
function erased({ sources, parts }: ReturnType<typeof aQuotingAnswer>) {
  return {
    sources: sources.map((source, i) => (i === 0 ? { ...source, text: '', speaker: null } : source)),
    parts: parts.map((part, i) => (i === 0 ? { ...part, quote: null, speaker: null } : part)),
    retrieval: aRetrieval([{ text: 'Ana' }]),
  };
}

describe('an answer that quotes a recording, stored while that is deleted, keeps the places without the words', () => {
  test.each([
    ['of a turn that goes on', false],
    ['of a turn that was reported failed', true],
  ])('%s', async (_name, isReported) => {
    const scene = await aScene(race);
    const { owner, session } = scene;
    const turnId = ids.next('trn');
    const { message } = await race.stores.sessions.recordQuestion(owner, session.id, turnId, aQuestion());
    const answer = aQuotingAnswer(scene);
    const hold = writer.hold({ command: 'insert', collection: 'messages', about: session.id });
    const writing = writer.stores.sessions.recordAnswer(owner, message, { ...answer, turnId });
    await hold.reached;
    const turn = await race.stores.sessions.findTurn(owner, session.id, turnId);
    if (turn === null) throw new RangeError('the question was stored');
    const error = { kind: 'unavailable' as const, message: 'Away.' };
    const failed = { ...turn, status: 'failed' as const, error, completedAt: message.createdAt };
    if (isReported) await race.stores.sessions.recordFailure(owner, failed);
    await eraseRecordingOf(race, scene);
    hold.release();
    await writing;
    const stored = await race.stores.sessions.findAnswer(owner, session.id, message.id);
    expect(stored && { sources: stored.sources, parts: stored.parts, retrieval: stored.retrieval }).toEqual(
      erased(answer),
    );
  });
});

test('the full name of a person whom a question names goes with the recording, also from an answer that cites nothing', async () => {
  const scene = await aScene(race);
  const { owner, session, recording } = scene;
  const { message } = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const retrieval = aRetrieval([{ text: 'Ana', speakers: ['Ana Lopez'] }]);
  const answer = { ...anAnswer(session.id), retrieval, recordingIds: [recording.id] };
  await race.stores.sessions.recordAnswer(owner, message, answer);
  await eraseRecordingOf(race, scene);
  const stored = await race.connection.collection('messages').findOne({ sessionId: session.id, role: 'assistant' });
  expect(JSON.parse(stored?.retrieval)).toMatchObject({ understood: [{ text: 'Ana' }] });
  expect(JSON.stringify(stored)).not.toContain('Lopez');
});

test('an answer is read without the words of a recording from the moment in which that is deleted', async () => {
  const scene = await aScene(race);
  const { owner, session, recording } = scene;
  const { message } = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const answer = aQuotingAnswer(scene);
  await race.stores.sessions.recordAnswer(owner, message, answer);
  await race.stores.recordings.hide(owner, recording.id);
  const found = await race.stores.sessions.findAnswer(owner, session.id, message.id);
  expect(found).toMatchObject(erased(answer));
  const { items } = await race.stores.sessions.listMessages(owner, session.id, { limit: 10, after: null });
  expect(items[1]).toMatchObject(erased(answer));
});

describe('words of an answer on its way that quote a recording keep their places without its quotes', () => {
  function publishIn({ stores }: Pick<Side, 'stores'>, scene: Scene, turnId: TurnId): Promise<boolean> {
    const pieces = aQuotingAnswer(scene).parts.map((part) => ({ ...part, text: '[1]' }));
    const turn = { owner: scene.owner, sessionId: scene.session.id, turnId };
    return stores.feed.publish(turn, 0, { generation: 1, attempt: 1, pieces, last: true });
  }

  async function expectErased({ owner, recording }: Scene, turnId: TurnId): Promise<void> {
    const pieces = (await race.stores.feed.read(owner, turnId, 0))?.pieces ?? [];
    expect(pieces).toMatchObject([
      { recordingId: recording.id, quote: null, speaker: null, text: '[1]' },
      { recordingId: other, quote: 'Said.', speaker: 'Ana' },
    ]);
  }

  test('when the recording is deleted afterwards', async () => {
    const scene = await aScene(race);
    const turnId = ids.next('trn');
    await publishIn(race, scene, turnId);
    await eraseRecordingOf(race, scene);
    await expectErased(scene, turnId);
  });

  test('from the moment in which it is deleted', async () => {
    const scene = await aScene(race);
    const turnId = ids.next('trn');
    await publishIn(race, scene, turnId);
    await race.stores.recordings.hide(scene.owner, scene.recording.id);
    await expectErased(scene, turnId);
  });

  test('when it is deleted while they are published', async () => {
    const scene = await aScene(race);
    const turnId = ids.next('trn');
    const hold = writer.hold({ command: 'insert', collection: 'feed_batches', about: turnId });
    const publishing = publishIn(writer, scene, turnId);
    await hold.reached;
    await eraseRecordingOf(race, scene);
    hold.release();
    await publishing;
    await expectErased(scene, turnId);
  });
});
