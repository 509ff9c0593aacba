import type { Tenant } from '../../../domain/access/tenant.ts';
import { stripCitations } from '../../../domain/answering/citations.ts';
import type { AssistantMessage, NewAnswer, UserMessage } from '../../../domain/ask/message.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import { answerIdOf } from '../../../domain/shared/ids.ts';
import type { StoredAnswer, StoredSession } from '../collections/ask-documents.ts';
import type { Update } from '../lib/collection.ts';
import { findOwned, ownerOf } from '../lib/tenant-filter.ts';
import type { SessionCollections } from './ask-collections.ts';
import type { ConversationMemory } from './conversation-memory.ts';
import { toAnswer } from './mapping.ts';
import { appendTurn, withTurn } from './stored-conversation.ts';

/** The answer first, then what follows from it; all of it again on a retry, from the answer that stands. */
export function storeAnswer(collections: SessionCollections, memory: ConversationMemory) {
  const { sessions, conversations } = collections;
  return async (
    tenant: Tenant,
    question: UserMessage,
    answer: NewAnswer,
    evictedTurns: readonly number[] = [],
  ): Promise<AssistantMessage> => {
    const { sessionId } = answer;
    const session = await findOwned(sessions, tenant, sessionId);
    if (session === null) throw notFound('session', sessionId);
    if (question.sessionId !== sessionId) throw notFound('message', question.id);
    const standing = await placeAnswer(collections, session, question, answer);
    const past = { position: question.position, question: question.content, answer: stripCitations(standing.parts) };
    await Promise.all([
      sessions.update(sessionId, advanceSession(session, standing)),
      conversations.upsert(sessionId, withTurn(session, past, evictedTurns)),
    ]);
    const before = memory.turnsBefore(sessionId, past.position);
    if (before === undefined || standing.position !== past.position + 1) memory.forget(sessionId);
    else memory.rememberTurns(sessionId, standing.position + 1, appendTurn(before, past, evictedTurns));
    return toAnswer(standing);
  };
}

/** First answer wins. */
async function placeAnswer(
  { messages }: SessionCollections,
  session: StoredSession,
  question: UserMessage,
  answer: NewAnswer,
): Promise<StoredAnswer> {
  const id = answerIdOf(question.id);
  let position = Math.max(session.messageCount, question.position + 1);
  while (true) {
    const made: StoredAnswer = { _id: id, ...ownerOf(session), ...answer, role: 'assistant', position };
    if (await messages.insert(made)) return made;
    const standing = await messages.get(id);
    if (standing?.role === 'assistant') return standing;
    // The place is taken: a crash left the session behind its messages.
    const [last] = await messages.list({ sessionId: session._id }, { sort: { position: -1 }, limit: 1 });
    position = (last?.position ?? question.position) + 1;
  }
}

function advanceSession(session: StoredSession, { position, createdAt, model, provider }: StoredAnswer): Update {
  const isLatest = position + 1 >= session.messageCount;
  return {
    $max: { messageCount: position + 1, lastMessageAt: createdAt, updatedAt: createdAt },
    ...(isLatest && { $set: { lastModel: model, lastProvider: provider } }),
  };
}
