import type { Session } from '../../src/domain/ask/session.ts';
import type { Turn } from '../../src/domain/ask/turn.ts';
import { chunkTranscript } from '../../src/domain/library/chunking.ts';
import { questionIdOf } from '../../src/domain/shared/ids.ts';
import { digest } from '../../src/domain/shared/sha256-digest.ts';
import { countTokens } from '../../src/domain/shared/tokens.ts';
import { createPromptContexts } from '../../src/use-cases/answering/prompt-contexts.ts';
import { createScopes } from '../../src/use-cases/answering/scopes.ts';
import { anAnswer, aQuestion, aRecording, aSession, aTranscription, ids } from '../stack/adapters/mongo/fixtures.ts';
import { scopeReference, transcriptReference } from '../support/context-references.ts';
import { anEndUser, type Race, type Side, startRace } from './sides.ts';

let race: Race;
let worker: Side;
beforeAll(async () => {
  race = await startRace();
  worker = await race.side();
});
afterAll(() => race?.close());

async function anAskedTurn() {
  const owner = await anEndUser(race);
  const session = aSession(owner);
  await race.stores.sessions.create(session);
  const turnId = ids.next('trn');
  const asked = aQuestion({ id: questionIdOf(turnId) });
  const { message } = await race.stores.sessions.recordQuestion(owner, session.id, turnId, asked);
  const failed: Turn = {
    ...{ id: turnId, sessionId: session.id, messageId: message.id, status: 'failed', attempt: 1 },
    ...{
      error: { kind: 'unavailable', message: 'Away.' },
      createdAt: message.createdAt,
      completedAt: message.createdAt,
    },
  };
  return { owner, session, turnId, message, failed };
}

describe('an answer that a frozen worker stores after its turn was reported failed is the one truth', () => {
  test('the turn is completed, and the same words again get that answer and store nothing', async () => {
    const { sessions } = race.stores;
    const { owner, session, turnId, message, failed } = await anAskedTurn();
    const hold = worker.hold({ command: 'insert', collection: 'messages', about: session.id });
    const storing = worker.stores.sessions.recordAnswer(owner, message, { ...anAnswer(session.id), turnId });
    await hold.reached;
    expect(await sessions.recordFailure(owner, failed)).toBeNull();
    hold.release();
    const answer = await storing;
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({ status: 'completed', error: null });
    const again = await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
    expect(again.answer).toEqual(answer);
    const { items } = await sessions.listMessages(owner, session.id, { limit: 10, after: null });
    expect(items.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect((await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion())).answer).toBeNull();
  });

  test('whoever reports the failure sees an answer that was stored before', async () => {
    const { sessions } = race.stores;
    const { owner, session, turnId, message, failed } = await anAskedTurn();
    const hold = worker.hold({ command: 'insert', collection: 'messages', about: session.id, until: 'reply' });
    const storing = worker.stores.sessions.recordAnswer(owner, message, { ...anAnswer(session.id), turnId });
    await hold.reached;
    const answer = await sessions.recordFailure(owner, failed);
    expect(answer?.content).toBe(anAnswer(session.id).content);
    hold.release();
    await storing;
    expect((await sessions.findTurn(owner, session.id, turnId))?.status).toBe('completed');
    expect((await sessions.find(owner, session.id))?.messageCount).toBe(2);
  });

  test('a turn that was cancelled stays so when a later one answers its question', async () => {
    const { sessions } = race.stores;
    const { owner, session, turnId, message, failed } = await anAskedTurn();
    await sessions.recordFailure(owner, { ...failed, status: 'cancelled' });
    const later = ids.next('trn');
    await sessions.recordQuestion(owner, session.id, later, aQuestion());
    await sessions.recordAnswer(owner, message, { ...anAnswer(session.id), turnId: later });
    expect((await sessions.findTurn(owner, session.id, turnId))?.status).toBe('cancelled');
    expect((await sessions.findTurn(owner, session.id, later))?.status).toBe('completed');
  });
});

describe('a question shows its latest turn, whatever the clocks of the APIs say', () => {
  test('one that takes it again comes after the first', async () => {
    const { sessions } = race.stores;
    const { owner, session, message, failed } = await anAskedTurn();
    await sessions.recordFailure(owner, failed);
    const later = ids.next('trn');
    const question = { ...message, id: questionIdOf(later), createdAt: '2025-12-31T23:50:00.000Z' };
    await sessions.recordQuestion(owner, session.id, later, question);
    const latest = await sessions.latestTurns(owner, session.id, [message]);
    expect(latest.get(message.id)).toMatchObject({ id: later, status: 'queued' });
  });

  test('the one that answered it counts, also when it ran again after a later one had failed', async () => {
    const { sessions } = race.stores;
    const { owner, session, turnId, message, failed } = await anAskedTurn();
    await sessions.recordFailure(owner, failed);
    const later = ids.next('trn');
    await sessions.recordQuestion(owner, session.id, later, { ...message, id: questionIdOf(later) });
    await sessions.recordFailure(owner, { ...failed, id: later });
    await sessions.recordQuestion(owner, session.id, turnId, message);
    await sessions.recordAnswer(owner, message, { ...anAnswer(session.id), turnId });
    const latest = await sessions.latestTurns(owner, session.id, [message]);
    expect(latest.get(message.id)).toMatchObject({ id: turnId, status: 'completed', error: null });
  });
});

test('a thawed attempt knows that a later one was noted, and that the question has its answer', async () => {
  const { sessions } = race.stores;
  const { owner, session, turnId, message } = await anAskedTurn();
  expect(await sessions.isSuperseded(turnId, message.id, 1)).toBe(false);
  await sessions.recordAttempt(owner, session.id, turnId, { attempt: 2, generation: 2 });
  expect(await sessions.isSuperseded(turnId, message.id, 1)).toBe(true);
  expect(await sessions.isSuperseded(turnId, message.id, 2)).toBe(false);
  await sessions.recordAnswer(owner, message, anAnswer(session.id));
  expect(await sessions.isSuperseded(turnId, message.id, 2)).toBe(true);
});

test('messages come in the order of their times, also when a question was accepted before the answer in front of it', async () => {
  const { sessions } = race.stores;
  const { owner, session, message } = await anAskedTurn();
  await sessions.recordAnswer(owner, message, { ...anAnswer(session.id), createdAt: '2025-12-31T00:00:00.000Z' });
  const queued = aQuestion({ content: 'And who?', createdAt: '2025-12-30T00:00:00.000Z' });
  await sessions.recordQuestion(owner, session.id, ids.next('trn'), queued);
  const { items } = await sessions.listMessages(owner, session.id, { limit: 10, after: null });
  const times = items.map(({ createdAt }) => createdAt);
  expect(times).toEqual([...new Set(times)].sort());
});

test('a late answer comes after what was asked meanwhile, in the order of their times', async () => {
  const { sessions } = race.stores;
  const { owner, session, turnId, message, failed } = await anAskedTurn();
  const hold = worker.hold({ command: 'insert', collection: 'messages', about: session.id });
  const storing = worker.stores.sessions.recordAnswer(owner, message, { ...anAnswer(session.id), turnId });
  await hold.reached;
  await sessions.recordFailure(owner, failed);
  const later = aQuestion({ content: 'And who?', createdAt: '2026-01-02T00:00:00.000Z' });
  await sessions.recordQuestion(owner, session.id, ids.next('trn'), later);
  hold.release();
  await storing;
  const { items } = await sessions.listMessages(owner, session.id, { limit: 10, after: null });
  expect(items.map(({ role }) => role)).toEqual(['user', 'user', 'assistant']);
  const times = items.map(({ createdAt }) => createdAt);
  expect(times).toEqual([...new Set(times)].sort());
});

describe('an answer never rests on what is left of a transcript that was replaced', () => {
  async function aContext(shown: 'a recording' | 'a whole library' | 'passages') {
    const owner = await anEndUser(race);
    const recording = await race.stores.recordings.create(aRecording(owner));
    const { transcripts } = race.stores;
    const segments = [{ startMs: 0, endMs: 1, text: 'Said.', speaker: null, confidence: null }];
    const transcription = await transcripts.create(aTranscription(recording), [segments]);
    await transcripts.markCompleted(owner, transcription.id, '2026-01-01T00:00:01.000Z');
    const [chunk] = chunkTranscript(
      segments,
      {
        ...owner,
        recordingId: recording.id,
        transcriptionId: transcription.id,
        recordedAt: null,
      },
      digest,
    );
    if (chunk === undefined) throw new RangeError('a transcript has a chunk');
    await transcripts.putChunks(owner, [chunk]);
    await race.stores.recordings.update(owner, recording.id, {
      transcriptionId: transcription.id,
      outline: { tokens: 10, passages: 1, speakers: [] },
    });
    const isLibrary = shown !== 'a recording';
    const scope = isLibrary ? { type: 'library' as const } : { type: 'recording' as const, recordingId: recording.id };
    const session: Session = {
      ...aSession(owner, { scope }),
      ...{ messageCount: 0, lastMessageAt: null, lastModel: null, lastProvider: null, updatedAt: '' },
    };
    const question = { ...aQuestion(), role: 'user' as const, sessionId: session.id, position: 0 };
    const contexts = createPromptContexts({
      ...worker.stores,
      scopes: createScopes(worker.stores),
      digest,
      countTokens,
    });
    const { id: transcriptionId } = transcription;
    const reference = {
      'a recording': transcriptReference(transcriptionId),
      'a whole library': scopeReference({ method: 'whole', shown: [{ transcriptionId }] }),
      passages: scopeReference({ shown: [{ transcriptionId, runs: [[0, 0]] }], chunkIds: [chunk.id], scores: [1] }),
    }[shown];
    return {
      transcription,
      /** The read of its words. */
      reads: shown === 'passages' ? ['chunks', chunk.id] : ['segment_pages', transcriptionId],
      load: () => contexts.load(session, reference, question, 1_000),
    };
  }

  const SHOWN = ['a recording', 'a whole library', 'passages'] as const;

  test.each(SHOWN)('its words are removed while they are read: %s', async (shown) => {
    const { transcription, reads, load } = await aContext(shown);
    const [collection = '', about = ''] = reads;
    const hold = worker.hold({ command: 'find', collection, about });
    const loading = load();
    await hold.reached;
    await race.stores.imports.note(transcription, 'replaced', ids.next('txn'));
    await race.stores.transcripts.purgeWords(transcription, transcription.id);
    hold.release();
    await expect(loading).rejects.toMatchObject({ kind: 'context_changed' });
  });

  test.each(SHOWN)('one that stands is shown: %s', async (shown) => {
    const { load } = await aContext(shown);
    expect((await load()).text).toContain('Said.');
  });
});
