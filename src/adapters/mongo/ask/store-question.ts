import type { Tenant } from '../../../domain/access/tenant.ts';
import type { NewQuestion } from '../../../domain/ask/message.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import { answerIdOf, questionIdOf, type SessionId, type TurnId } from '../../../domain/shared/ids.ts';
import { laterThan } from '../../../domain/shared/later-than.ts';
import type { QuestionInSession } from '../../../ports/ask/session-store.ts';
import type { StoredAnswer, StoredQuestion, StoredSession } from '../collections/ask-documents.ts';
import { findOwned, ownerOf } from '../lib/tenant-filter.ts';
import type { SessionCollections } from './ask-collections.ts';
import { advanceToQuestion } from './conversation/advance-session.ts';
import type { ConversationMemory } from './conversation/conversation-memory.ts';
import { endingQuestion } from './conversation/stored-conversation.ts';
import { knowAnswer } from './conversation/tell-session.ts';
import { toAnswer, toQuestion, toSession } from './mapping.ts';
import { putTurn, waitingTurn } from './turns/turn-records.ts';

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
  ): Promise<QuestionInSession> => {
    const session = await findOwned(collections.sessions, tenant, sessionId);
    if (session === null) throw notFound('session', sessionId);
    const { message, answer, isNew } = await placeQuestion(collections, session, question);
    const isOwn = message._id === questionIdOf(turnId);
    const stands = await advanceToQuestion(collections, session, message);
    if (!stands) {
      await collections.messages.remove({ _id: message._id, sessionId });
      memory.forget(sessionId);
      throw notFound('session', sessionId);
    }
    // An answer that nobody was told of yet: from now on the session knows it.
    if (answer !== null) await knowAnswer(collections, session, message, answer);
    // A turn that takes an earlier question comes after that, whatever the clock of its API says.
    const askedAt = isOwn ? question.createdAt : laterThan(question.createdAt, message.createdAt);
    if (!isNew || !isOwn) await putTurn(collections, message, waitingTurn(turnId, message, askedAt), true);
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
  let end: End = {
    count: session.messageCount,
    last: await lastQuestion(messages, session),
    lastAt: session.lastMessageAt,
  };
  while (true) {
    if (end.last?.message.content === question.content) {
      const standing = await standingQuestion(collections, session, question);
      if (standing !== null) return standing;
      const { message, answer } = end.last;
      const asked = answer === null ? await askedAgain(collections, message, question) : message;
      return { message: asked, answer, isNew: false };
    }
    const made = questionDocument(
      session,
      { ...question, createdAt: laterThan(question.createdAt, end.lastAt) },
      end.count,
    );
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

/** The end of the messages: how many there are, when the last one was written, and the question that is asked anew when it is repeated. */
interface End {
  count: number;
  lastAt: string | null;
  last: Omit<Placed, 'isNew'> | null;
}

/**
 * The question that the session ends with. It may have an answer that the session does not know of: one that came after
 * its turn was reported failed.
 */
async function lastQuestion(messages: SessionCollections['messages'], session: StoredSession): Promise<End['last']> {
  const last = endingQuestion(session);
  if (last === null) return null;
  const [message, answer] = await Promise.all([messages.get(last.id), messages.get(answerIdOf(last.id))]);
  if (message?.role !== 'user') return null;
  return { message, answer: answer?.role === 'assistant' ? answer : null };
}

/** Where the messages really end; only looked up (it is no read by id) when the session does not know. */
async function realEnd(messages: SessionCollections['messages'], sessionId: SessionId): Promise<End> {
  const [last] = await messages.list({ sessionId }, { sort: { position: -1 }, limit: 1 });
  if (last === undefined) return { count: 0, lastAt: null, last: null };
  return {
    count: last.position + 1,
    lastAt: last.createdAt,
    last: last.role === 'user' ? { message: last, answer: null } : null,
  };
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
