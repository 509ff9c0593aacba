import type { Tenant } from '../../../domain/access/tenant.ts';
import type { AssistantMessage, UserMessage } from '../../../domain/ask/message.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import { answerIdOf } from '../../../domain/shared/ids.ts';
import { laterThan } from '../../../domain/shared/later-than.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import type { StoredAnswer, StoredSession } from '../collections/ask-documents.ts';
import { findOwned, ownerOf } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { SessionCollections } from './ask-collections.ts';
import { blankAnswer, quotedIn } from './conversation/blank-words.ts';
import type { ConversationMemory } from './conversation/conversation-memory.ts';
import { appendTurn, withTurn } from './conversation/stored-conversation.ts';
import { pastTurn, tellSession } from './conversation/tell-session.ts';
import { toAnswer } from './mapping.ts';

type AnswerFields = Parameters<SessionStore['recordAnswer']>[2];

/**
 * The answer first, then what follows from it; all of it again on a retry, from the answer that stands. After the insert it
 * looks again: at the turn, which may have been reported failed meanwhile, at the session, and at the recordings of its
 * sources.
 */
export function storeAnswer(collections: SessionCollections, memory: ConversationMemory, tombstones: Tombstones) {
  const { messages, turns } = collections;
  return async (
    tenant: Tenant,
    question: UserMessage,
    answer: AnswerFields,
    evictedTurns: readonly number[] = [],
  ): Promise<AssistantMessage> => {
    const { sessionId, turnId } = answer;
    const session = await findOwned(collections.sessions, tenant, sessionId);
    if (session === null) throw notFound('session', sessionId);
    if (question.sessionId !== sessionId) throw notFound('message', question.id);
    const stored = await placeAnswer(collections, session, question, answer);
    const [turn] = await Promise.all([
      turnId === undefined ? null : turns.get(turnId),
      blankErased(messages, tombstones, stored),
    ]);
    // Its client was told that it failed. The session goes on from the question, so that a repeat finds this answer.
    if (turn?.status === 'failed' || turn?.status === 'cancelled') return toAnswer(stored);
    const past = pastTurn(question, stored);
    if (!(await tellSession(collections, session, stored, withTurn(session, past, evictedTurns)))) {
      memory.forget(sessionId);
      await messages.remove({ _id: stored._id, sessionId });
      throw notFound('session', sessionId);
    }
    const before = memory.turnsBefore(sessionId, past.position);
    if (before === undefined || stored.position !== past.position + 1) memory.forget(sessionId);
    else memory.rememberTurns(sessionId, stored.position + 1, appendTurn(before, past, evictedTurns));
    return toAnswer(stored);
  };
}

/** First answer wins. */
async function placeAnswer(
  { messages }: SessionCollections,
  session: StoredSession,
  question: UserMessage,
  answer: AnswerFields,
): Promise<StoredAnswer> {
  const id = answerIdOf(question.id);
  let createdAt = laterThan(answer.createdAt, question.createdAt);
  let position = Math.max(session.messageCount, question.position + 1);
  while (true) {
    const place = { _id: id, ...ownerOf(session), createdAt, role: 'assistant', position } as const;
    const made: StoredAnswer = { recordingIds: [], ...answer, ...place };
    if (await messages.insert(made)) return made;
    const stored = await messages.get(id);
    if (stored?.role === 'assistant') return stored;
    // The place is taken: a crash left the session behind its messages, or a later question came before a late answer.
    const [last = question] = await messages.list({ sessionId: session._id }, { sort: { position: -1 }, limit: 1 });
    position = last.position + 1;
    createdAt = laterThan(createdAt, last.createdAt);
  }
}

/** Words of a recording that was deleted while they were on their way to this answer. */
async function blankErased(
  messages: SessionCollections['messages'],
  tombstones: Tombstones,
  answer: StoredAnswer,
): Promise<void> {
  const erased = await tombstones.among([...new Set(quotedIn(answer))]);
  if (erased.length > 0) await blankAnswer(messages, answer._id, erased);
}
