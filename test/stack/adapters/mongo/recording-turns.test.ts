import type { Connection } from 'mongoose';
import type { Turn } from '../../../../src/domain/ask/turn.ts';
import { answerIdOf, questionIdOf, type SessionId } from '../../../../src/domain/shared/ids.ts';
import { anAnswer, anOwner, aQuestion, aSession, drop, freshDatabase, ids, storesOf } from './fixtures.ts';

let connection: Connection;
let sessions: ReturnType<typeof storesOf>['sessions'];
beforeAll(async () => {
  connection = await freshDatabase();
  sessions = storesOf(connection).sessions;
});
afterAll(() => drop(connection));

async function anOpenSession() {
  const owner = anOwner();
  const session = aSession(owner);
  await sessions.create(session);
  return { owner, session };
}

/** A turn, and the question that it brings. */
function aTurn(overrides: Parameters<typeof aQuestion>[0] = {}) {
  const turnId = ids.next('trn');
  return { turnId, question: aQuestion({ id: questionIdOf(turnId), ...overrides }) };
}

/** The turn while its question waits for an answer. */
function queued({ turnId, question }: ReturnType<typeof aTurn>, session: { id: SessionId }): Turn {
  const { id: messageId, createdAt } = question;
  const state = { status: 'queued' as const, attempt: 0, error: null, completedAt: null };
  return { id: turnId, sessionId: session.id, messageId, createdAt, ...state };
}

const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const countIn = (collection: string, sessionId: string) =>
  connection.collection(collection).countDocuments({ sessionId });
const setSession = (id: string, fields: Record<string, unknown>) =>
  connection.collection<{ _id: string }>('sessions').updateOne({ _id: id }, { $set: fields });

/** The store as another process has it: with no memory of what this one wrote. */
const anotherProcess = () => storesOf(connection.useDb(connection.name, { useCache: false })).sessions;

async function positions(owner: ReturnType<typeof anOwner>, id: `as_${string}`) {
  const { items } = await sessions.listMessages(owner, id, { limit: 100, after: null });
  return items.map(({ role, position }) => `${position} ${role}`);
}

describe('recording a question', () => {
  test('called twice, one document, one turn, one count', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    const first = await sessions.recordQuestion(owner, session.id, turnId, question);
    const second = await sessions.recordQuestion(owner, session.id, turnId, question);
    expect(second.message).toEqual(first.message);
    expect(first).toMatchObject({
      session: { id: session.id },
      message: { ...question, role: 'user', sessionId: session.id, position: 0 },
      answer: null,
    });
    expect(await countIn('messages', session.id)).toBe(1);
    expect(await countIn('turns', session.id)).toBe(1);
    expect(await sessions.find(owner, session.id)).toMatchObject({
      messageCount: 1,
      lastMessageAt: question.createdAt,
      updatedAt: question.createdAt,
    });
    expect(await sessions.findTurn(owner, session.id, turnId)).toEqual(queued({ turnId, question }, session));
  });

  test('a turn is told by its question and its answer: nothing else is stored of it', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    const { message } = await sessions.recordQuestion(owner, session.id, turnId, question);
    const waiting = queued({ turnId, question }, session);
    expect(await sessions.findTurn(owner, session.id, turnId)).toEqual(waiting);
    const { createdAt } = await sessions.recordAnswer(owner, message, anAnswer(session.id));
    const completed = { ...waiting, status: 'completed', attempt: 1, completedAt: createdAt };
    expect(await sessions.findTurn(owner, session.id, turnId)).toEqual(completed);
    expect(await countIn('turns', session.id)).toBe(0);
  });

  test('a turn is found in its own session alone', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    await sessions.recordQuestion(owner, session.id, turnId, question);
    const other = aSession(owner);
    await sessions.create(other);
    expect(await sessions.findTurn(owner, other.id, turnId)).toBeNull();
  });

  test('a turn from before, stored whatever came of it, is found as it stands', async () => {
    const { owner, session } = await anOpenSession();
    const [turnId, messageId] = [ids.next('trn'), ids.next('msg')];
    const { projectId, mode, endUserId } = owner;
    const state = { status: 'completed', attempt: 3, error: null, createdAt: at(1), completedAt: at(2) };
    const stored = { sessionId: session.id, messageId, ...state };
    const document = { _id: turnId, projectId, mode, endUserId, ...stored };
    await connection.collection<{ _id: string }>('turns').insertOne(document);
    expect(await sessions.findTurn(owner, session.id, turnId)).toEqual({ id: turnId, ...stored });
  });

  test('a turn that ended before its question was stored, and is run again, waits for its answer', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    const ended = { id: turnId, sessionId: session.id, messageId: question.id, attempt: 0, createdAt: at(1) };
    const error = { kind: 'provider_error' as const, message: 'stopped', details: { reason: 'cancelled' } };
    await sessions.recordFailure(owner, { ...ended, status: 'cancelled', error, completedAt: at(2) });
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({ status: 'cancelled' });
    const { message } = await sessions.recordQuestion(owner, session.id, turnId, question);
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({ status: 'queued', error: null });
    await sessions.recordAnswer(owner, message, anAnswer(session.id));
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({ status: 'completed', attempt: 1 });
  });

  test('a turn that failed stays so when a later one answers its question', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    const { message } = await sessions.recordQuestion(owner, session.id, turnId, question);
    const turn = await sessions.findTurn(owner, session.id, turnId);
    if (turn === null) throw new Error('the turn was stored above');
    await sessions.recordFailure(owner, { ...turn, status: 'failed', completedAt: at(3) });
    const later = aTurn();
    await sessions.recordQuestion(owner, session.id, later.turnId, later.question);
    await sessions.recordAnswer(owner, message, anAnswer(session.id));
    expect((await sessions.findTurn(owner, session.id, turnId))?.status).toBe('failed');
    expect(await sessions.findTurn(owner, session.id, later.turnId)).toMatchObject({
      status: 'completed',
      messageId: question.id,
    });
  });

  test('the number of a later attempt stands in the turn, also once it is answered', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    const { message } = await sessions.recordQuestion(owner, session.id, turnId, question);
    await sessions.recordAttempt(owner, session.id, turnId, 2);
    await sessions.recordAttempt(owner, session.id, turnId, 3);
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({ status: 'queued', attempt: 3 });
    await sessions.recordAnswer(owner, message, anAnswer(session.id));
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({ status: 'completed', attempt: 3 });
  });

  test('two attempts at once store one document', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    await Promise.all(Array.from({ length: 8 }, () => sessions.recordQuestion(owner, session.id, turnId, question)));
    expect(await positions(owner, session.id)).toEqual(['0 user']);
  });

  test('the same words after an unanswered question take that question', async () => {
    const { owner, session } = await anOpenSession();
    const first = aQuestion();
    await sessions.recordQuestion(owner, session.id, ids.next('trn'), first);
    const turnId = ids.next('trn');
    const { message } = await sessions.recordQuestion(owner, session.id, turnId, aQuestion());
    expect(message.id).toBe(first.id);
    expect((await sessions.findTurn(owner, session.id, turnId))?.messageId).toBe(first.id);
    expect(await positions(owner, session.id)).toEqual(['0 user']);
  });

  test('other words, or the same words after an answer, are a new message', async () => {
    const { owner, session } = await anOpenSession();
    const first = aQuestion();
    await sessions.recordQuestion(owner, session.id, ids.next('trn'), first);
    const other = aQuestion({ content: 'Who said so?' });
    const asked = await sessions.recordQuestion(owner, session.id, ids.next('trn'), other);
    await sessions.recordAnswer(owner, asked.message, anAnswer(session.id));
    const again = aQuestion({ content: other.content });
    const { message } = await sessions.recordQuestion(owner, session.id, ids.next('trn'), again);
    expect(message.id).toBe(again.id);
    expect(await positions(owner, session.id)).toEqual(['0 user', '1 user', '2 assistant', '3 user']);
  });

  test('an answered question comes back with its answer, and its turn is completed', async () => {
    const { owner, session } = await anOpenSession();
    const question = aQuestion();
    const asked = await sessions.recordQuestion(owner, session.id, ids.next('trn'), question);
    const answer = await sessions.recordAnswer(owner, asked.message, anAnswer(session.id));
    const turnId = ids.next('trn');
    expect((await sessions.recordQuestion(owner, session.id, turnId, question)).answer).toEqual(answer);
    expect((await sessions.findTurn(owner, session.id, turnId))?.status).toBe('completed');
  });

  test('a failed turn that runs again is queued again', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    await sessions.recordQuestion(owner, session.id, turnId, question);
    const turn = await sessions.findTurn(owner, session.id, turnId);
    if (turn === null) throw new Error('the turn was stored above');
    const failed = {
      ...turn,
      status: 'failed' as const,
      attempt: 5,
      error: { kind: 'provider_error' as const, message: 'no answer' },
      completedAt: '2026-01-01T00:00:09.000Z',
    };
    await sessions.recordFailure(owner, failed);
    await sessions.recordFailure(owner, failed);
    expect(await sessions.findTurn(owner, session.id, turnId)).toEqual(failed);
    await sessions.recordQuestion(owner, session.id, turnId, question);
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({
      status: 'queued',
      error: null,
      completedAt: null,
    });
  });

  test('a crash after the message was stored: the retry brings session and turn up to date', async () => {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    const first = await sessions.recordQuestion(owner, session.id, turnId, question);
    const whole = await sessions.find(owner, session.id);
    await setSession(session.id, {
      messageCount: 0,
      lastQuestion: null,
      lastMessageAt: null,
      updatedAt: session.createdAt,
    });
    await connection.collection<{ _id: string }>('turns').deleteOne({ _id: turnId });
    expect(await sessions.recordQuestion(owner, session.id, turnId, question)).toEqual(first);
    expect(await sessions.find(owner, session.id)).toEqual(whole);
    expect((await sessions.findTurn(owner, session.id, turnId))?.status).toBe('queued');
  });

  test('a crash after the message was stored, never retried: the next question stands behind it, or takes it', async () => {
    for (const [content, expected] of [
      ['Something else?', ['0 user', '1 user']],
      [aQuestion().content, ['0 user']],
    ] as const) {
      const { owner, session } = await anOpenSession();
      await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
      await setSession(session.id, { messageCount: 0, lastQuestion: null });
      await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion({ content }));
      expect(await positions(owner, session.id)).toEqual(expected);
      expect((await sessions.find(owner, session.id))?.messageCount).toBe(expected.length);
    }
  });

  test('not_found when the session is gone, and nothing is stored', async () => {
    const { owner, session } = await anOpenSession();
    await sessions.hide(owner, session.id);
    const attempt = sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
    await expect(attempt).rejects.toMatchObject({ kind: 'not_found' });
    expect(await countIn('messages', session.id)).toBe(0);
  });
});

describe('recording an answer', () => {
  async function anAskedQuestion() {
    const { owner, session } = await anOpenSession();
    const { turnId, question } = aTurn();
    const { message } = await sessions.recordQuestion(owner, session.id, turnId, question);
    return { owner, session, turnId, question: message };
  }

  test('called twice, one document; the first answer wins', async () => {
    const { owner, session, turnId, question } = await anAskedQuestion();
    const first = await sessions.recordAnswer(owner, question, anAnswer(session.id, 'First.'));
    const second = await sessions.recordAnswer(owner, question, anAnswer(session.id, 'Second.'));
    expect(second).toEqual(first);
    expect(first).toEqual({
      ...anAnswer(session.id, 'First.'),
      id: answerIdOf(question.id),
      role: 'assistant',
      position: 1,
    });
    expect(await positions(owner, session.id)).toEqual(['0 user', '1 assistant']);
    expect(await sessions.find(owner, session.id)).toMatchObject({
      messageCount: 2,
      lastModel: 'sandbox',
      lastProvider: 'openai',
      lastMessageAt: first.createdAt,
      updatedAt: first.createdAt,
    });
    expect(await sessions.findTurn(owner, session.id, turnId)).toMatchObject({
      status: 'completed',
      completedAt: first.createdAt,
    });
    expect(await sessions.findAnswer(owner, session.id, question.id)).toEqual(first);
    expect(await anotherProcess().recentTurns(owner, session.id)).toEqual([
      { position: 0, question: question.content, answer: 'First.' },
    ]);
  });

  test('two attempts at once agree on one answer', async () => {
    const { owner, session, question } = await anAskedQuestion();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((text) => sessions.recordAnswer(owner, question, anAnswer(session.id, text))),
    );
    expect(new Set(answers.map(({ content }) => content)).size).toBe(1);
    expect(await positions(owner, session.id)).toEqual(['0 user', '1 assistant']);
  });

  test('a crash after the answer was stored: the retry makes up for the rest', async () => {
    const { owner, session, turnId, question } = await anAskedQuestion();
    const before = { messageCount: 1, lastModel: null, lastProvider: null, lastMessageAt: question.createdAt };
    const first = await sessions.recordAnswer(owner, question, anAnswer(session.id));
    const whole = await sessions.find(owner, session.id);
    await setSession(session.id, { ...before, updatedAt: question.createdAt });
    await connection.collection<{ _id: string }>('conversations').deleteOne({ _id: session.id });
    expect(await sessions.recordAnswer(owner, question, anAnswer(session.id, 'Other.'))).toEqual(first);
    expect(await sessions.find(owner, session.id)).toEqual(whole);
    expect(await anotherProcess().recentTurns(owner, session.id)).toHaveLength(1);
    expect((await sessions.findTurn(owner, session.id, turnId))?.status).toBe('completed');
  });

  test('a crash after the answer was stored, never retried: the same words are a new question behind it', async () => {
    const { owner, session, question } = await anAskedQuestion();
    await sessions.recordAnswer(owner, question, anAnswer(session.id));
    await setSession(session.id, { messageCount: 1 });
    await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
    expect(await positions(owner, session.id)).toEqual(['0 user', '1 assistant', '2 user']);
  });

  test('an answer to a question before the last one stands at the end', async () => {
    const { owner, session, question } = await anAskedQuestion();
    await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion({ content: 'And who?' }));
    const answer = await sessions.recordAnswer(owner, question, anAnswer(session.id));
    expect(answer.position).toBe(2);
  });

  test('a failure that comes after the answer leaves the turn completed', async () => {
    const { owner, session, turnId, question } = await anAskedQuestion();
    await sessions.recordAnswer(owner, question, anAnswer(session.id));
    const turn = await sessions.findTurn(owner, session.id, turnId);
    if (turn === null) throw new Error('the turn was stored above');
    await sessions.recordFailure(owner, { ...turn, status: 'cancelled' });
    expect((await sessions.findTurn(owner, session.id, turnId))?.status).toBe('completed');
  });

  test('not_found when the session is gone, and nothing is stored', async () => {
    const { owner, session, question } = await anAskedQuestion();
    await sessions.hide(owner, session.id);
    const attempt = sessions.recordAnswer(owner, question, anAnswer(session.id));
    await expect(attempt).rejects.toMatchObject({ kind: 'not_found' });
    expect(await countIn('messages', session.id)).toBe(1);
  });
});

describe('the conversation that prompts see', () => {
  async function converse(turns: { question: string; answer: string }[]) {
    const { owner, session } = await anOpenSession();
    let question = aQuestion();
    for (const { question: content, answer } of turns) {
      question = aQuestion({ content });
      const { message } = await sessions.recordQuestion(owner, session.id, ids.next('trn'), question);
      await sessions.recordAnswer(owner, message, anAnswer(session.id, answer));
    }
    return (await sessions.findQuestion(owner, session.id, question.id))?.recent;
  }

  test('the latest 64 turns, oldest first', async () => {
    const turns = Array.from({ length: 70 }, (_, i) => ({ question: `q${i}`, answer: `a${i}` }));
    const latest = turns.slice(-64).map((turn, i) => ({ position: 2 * (i + 6), ...turn }));
    expect(await converse(turns)).toEqual(latest);
  });

  test('is whole although several processes answer in turn', async () => {
    const { owner, session } = await anOpenSession();
    const processes = [sessions, storesOf(connection).sessions];
    for (const [i, by] of [0, 0, 1, 0, 1, 1, 0].entries()) {
      const store = processes[by] ?? sessions;
      const { turnId, question } = aTurn({ content: `q${i}` });
      const { message } = await store.recordQuestion(owner, session.id, turnId, question);
      const asked = await store.findQuestion(owner, session.id, message.id);
      expect(asked?.recent.map((turn) => turn.question)).toEqual(
        Array.from({ length: i }, (_, before) => `q${before}`),
      );
      await store.recordAnswer(owner, message, anAnswer(session.id, `a${i}`));
    }
  });

  test('the process that answered does not read it again', async () => {
    const { owner, session } = await anOpenSession();
    for (const content of ['one', 'two', 'three']) {
      const { turnId, question } = aTurn({ content });
      const { message } = await sessions.recordQuestion(owner, session.id, turnId, question);
      if (content === 'three') await connection.collection('conversations').deleteMany({});
      const recent = (await sessions.findQuestion(owner, session.id, message.id))?.recent.map((turn) => turn.question);
      if (content === 'three') expect(recent).toEqual(['one', 'two']);
      await sessions.recordAnswer(owner, message, anAnswer(session.id));
    }
  });

  test('in part stored by workers from before its turns were texts is read as one', async () => {
    const { owner, session } = await anOpenSession();
    const ask = async (answer: string) => {
      const { message } = await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
      await sessions.recordAnswer(owner, message, anAnswer(session.id, answer));
    };
    await ask('one');
    await ask('two');
    const [first, second] = await sessions.recentTurns(owner, session.id);
    const stored = connection.collection<{ _id: string }>('conversations');
    expect(await stored.findOne({ _id: session.id })).toMatchObject({ turns: {} });
    await stored.updateOne(
      { _id: session.id },
      { $set: { turns: { 0: first, 2: second } }, $unset: { 'texts.0': '' } },
    );
    expect(await anotherProcess().recentTurns(owner, session.id)).toEqual([first, second]);
  });

  test('is the same for every process, whichever answered, also while a question waits', async () => {
    const { owner, session } = await anOpenSession();
    const elsewhere = anotherProcess();
    const answers = async (store: typeof sessions) =>
      (await store.recentTurns(owner, session.id)).map(({ answer }) => answer);
    for (const [index, store] of [sessions, sessions, elsewhere, sessions].entries()) {
      const question = aQuestion({ content: `what about ${index}?` });
      const { message } = await store.recordQuestion(owner, session.id, ids.next('trn'), question);
      const before = [0, 1, 2, 3].slice(0, index).map(String);
      expect([await answers(sessions), await answers(elsewhere)]).toEqual([before, before]);
      await store.findQuestion(owner, session.id, message.id);
      await store.recordAnswer(owner, message, anAnswer(session.id, String(index)));
      const after = [...before, String(index)];
      expect([await answers(sessions), await answers(elsewhere)]).toEqual([after, after]);
    }
  });

  test('forgets evicted turns; the messages stay', async () => {
    const { owner, session } = await anOpenSession();
    const ask = async (answer: string, evictedTurns: number[]) => {
      const question = aQuestion({ content: `what about ${answer}?` });
      const { message } = await sessions.recordQuestion(owner, session.id, ids.next('trn'), question);
      await sessions.recordAnswer(owner, message, anAnswer(session.id, answer), evictedTurns);
    };
    for (const answer of ['one', 'two', 'three']) await ask(answer, []);
    await ask('four', [0, 2]);
    const recent = await sessions.recentTurns(owner, session.id);
    expect(recent.map(({ answer }) => answer)).toEqual(['three', 'four']);
    expect((await sessions.listMessages(owner, session.id, { limit: 20, after: null })).items).toHaveLength(8);
  });
});
