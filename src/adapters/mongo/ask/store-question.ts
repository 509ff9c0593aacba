import type { Tenant } from '../../../domain/access/tenant.ts';
import type { NewQuestion } from '../../../domain/ask/message.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import { answerIdOf, questionIdOf, type SessionId, type TurnId } from '../../../domain/shared/ids.ts';
import type { RecordedQuestion } from '../../../ports/ask/session-store.ts';
import type { StoredAnswer, StoredMessage, StoredQuestion, StoredSession } from '../collections/ask-documents.ts';
import { findOwned, ownerOf } from '../lib/tenant-filter.ts';
import type { SessionCollections } from './ask-collections.ts';
import type { ConversationMemory } from './conversation-memory.ts';
import { toAnswer, toQuestion, toSession } from './mapping.ts';
import { endingQuestion } from './stored-conversation.ts';
import { putTurn, waitingTurn } from './turn-records.ts';

/**
 * The message first, then the session, and the turn where the message does not tell of it. Each write can be repeated, and
 * is made again when the message is found already stored, so a crash between them leaves nothing that the retry does not
 * put right.
 */
export function storeQuestion(collections: SessionCollections, memory: ConversationMemory) {
  return async (
    tenant: Tenant,
    sessionId: SessionId,
    turnId: TurnId,
    question: NewQuestion,
  ): Promise<RecordedQuestion> => {
    const session = await findOwned(collections.sessions, tenant, sessionId);
    if (session === null) throw notFound('session', sessionId);
    const { message, answer, isNew } = await placeQuestion(collections, session, question);
    const isTold = isNew && message._id === questionIdOf(turnId);
    await Promise.all([
      advanceSession(collections, session, message),
      isTold || putTurn(collections.turns, message, waitingTurn(turnId, message, question.createdAt), true),
    ]);
    const recorded = { session: toSession(session), message: toQuestion(message), answer: answer && toAnswer(answer) };
    memory.rememberQuestion(recorded.session, recorded.message);
    return recorded;
  };
}

interface Placed {
  message: StoredQuestion;
  answer: StoredAnswer | null;
  /** Whether the message was not there before. */
  isNew: boolean;
}

/** The question where it now stands: where it stood, in place of an unanswered one of the same words, or at the end. */
async function placeQuestion(
  collections: SessionCollections,
  session: StoredSession,
  question: NewQuestion,
): Promise<Placed> {
  const { messages } = collections;
  let end = { count: session.messageCount, last: await lastQuestion(messages, session) };
  while (true) {
    if (end.last?.role === 'user' && end.last.content === question.content) {
      const standing = await standingQuestion(collections, session, question);
      return standing ?? { message: await askedAgain(collections, end.last, question), answer: null, isNew: false };
    }
    const made = questionDocument(session, question, end.count);
    if (await messages.insert(made)) return { message: made, answer: null, isNew: true };
    // The id or the place is taken: by another attempt at this question, or because a crash left the session behind.
    const standing = await standingQuestion(collections, session, question);
    if (standing !== null) return standing;
    end = await realEnd(messages, session._id);
  }
}

async function standingQuestion(
  { messages }: SessionCollections,
  session: StoredSession,
  { id }: NewQuestion,
): Promise<Placed | null> {
  const [message, answer] = await Promise.all([messages.get(id), messages.get(answerIdOf(id))]);
  if (message === null) return null;
  if (message.role !== 'user' || message.sessionId !== session._id) throw notFound('message', id);
  return { message, answer: answer?.role === 'assistant' ? answer : null, isNew: false };
}

/** The session's last message, when it is a question without an answer. */
async function lastQuestion(
  messages: SessionCollections['messages'],
  session: StoredSession,
): Promise<StoredMessage | null> {
  const last = endingQuestion(session);
  if (last === null) return null;
  const [message, answer] = await Promise.all([messages.get(last.id), messages.get(answerIdOf(last.id))]);
  return answer === null ? message : null;
}

/** Where the messages really end; only looked up (it is no read by id) when the session does not know. */
async function realEnd(messages: SessionCollections['messages'], sessionId: SessionId) {
  const [last = null] = await messages.list({ sessionId }, { sort: { position: -1 }, limit: 1 });
  return { count: last === null ? 0 : last.position + 1, last };
}

/** The later request says how it wants the answer. */
async function askedAgain(
  { messages }: SessionCollections,
  message: StoredQuestion,
  question: NewQuestion,
): Promise<StoredQuestion> {
  const options = optionsOf(question);
  await messages.update(message._id, { $set: options });
  return { ...message, ...options };
}

function optionsOf({ contextRefs, filters, timezone, responseLanguage }: NewQuestion) {
  return { contextRefs, filters, timezone, responseLanguage };
}

function questionDocument(session: StoredSession, question: NewQuestion, position: number): StoredQuestion {
  const { id, content, createdAt } = question;
  return {
    _id: id,
    ...ownerOf(session),
    sessionId: session._id,
    position,
    role: 'user',
    content,
    ...optionsOf(question),
    createdAt,
  };
}

async function advanceSession(
  { sessions }: SessionCollections,
  session: StoredSession,
  message: StoredQuestion,
): Promise<void> {
  const isLatest = message.position >= (session.lastQuestion?.position ?? 0);
  await sessions.update(session._id, {
    $max: {
      messageCount: message.position + 1,
      lastMessageAt: message.createdAt,
      updatedAt: message.createdAt,
    },
    ...(isLatest && { $set: { lastQuestion: { id: message._id, position: message.position } } }),
  });
}
