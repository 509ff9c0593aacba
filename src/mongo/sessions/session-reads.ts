import { answerIdOf, type SessionId } from '../../domain/ids.ts';
import type { Owned, Tenant } from '../../domain/tenant.ts';
import type { SessionStore } from '../../ports/session-store.ts';
import type { Documents } from '../documents.ts';
import { findOwned } from '../owned.ts';
import { pageOf } from '../pages.ts';
import type { SessionCollections } from './collections.ts';
import { pastTurns } from './conversation.ts';
import { toAnswer, toMessage, toQuestion, toSession, toTurn } from './mapping.ts';

type Reads = 'findTurn' | 'findAsked' | 'recentTurns' | 'findAnswer' | 'listMessages';

/** What stands in a session; nothing once the session is hidden. */
export function sessionReads(collections: SessionCollections): Pick<SessionStore, Reads> {
  const { sessions, messages, turns, conversations } = collections;

  /** A document of the session, read together with it. */
  async function within<D extends Owned & { _id: string; sessionId: string }>(
    part: Documents<D>,
    tenant: Tenant,
    sessionId: SessionId,
    id: string,
  ): Promise<D | null> {
    const [session, found] = await Promise.all([findOwned(sessions, tenant, sessionId), findOwned(part, tenant, id)]);
    return session !== null && found?.sessionId === sessionId ? found : null;
  }

  return {
    async findTurn(tenant, sessionId, turnId) {
      const found = await within(turns, tenant, sessionId, turnId);
      return found && toTurn(found);
    },
    async findAsked(tenant, sessionId, messageId) {
      const [session, question, conversation] = await Promise.all([
        findOwned(sessions, tenant, sessionId),
        findOwned(messages, tenant, messageId),
        findOwned(conversations, tenant, sessionId),
      ]);
      if (session === null || question?.role !== 'user' || question.sessionId !== sessionId) return null;
      return { session: toSession(session), question: toQuestion(question), recent: pastTurns(conversation) };
    },
    async recentTurns(tenant, sessionId) {
      const [session, conversation] = await Promise.all([
        findOwned(sessions, tenant, sessionId),
        findOwned(conversations, tenant, sessionId),
      ]);
      return session === null ? [] : pastTurns(conversation);
    },
    async findAnswer(tenant, sessionId, questionId) {
      const found = await within(messages, tenant, sessionId, answerIdOf(questionId));
      return found?.role === 'assistant' ? toAnswer(found) : null;
    },
    async listMessages(tenant, sessionId, { limit, after }) {
      if ((await findOwned(sessions, tenant, sessionId)) === null) return { items: [], next: null };
      const found = await messages.list(
        { sessionId, position: { $gt: after ?? -1 } },
        { sort: { position: 1 }, limit: limit + 1 },
      );
      return pageOf(found.map(toMessage), limit, ({ position }) => position);
    },
  };
}
