import { owns, type Tenant } from '../../../domain/access/tenant.ts';
import { notFound } from '../../../domain/shared/errors.ts';
import { answerIdOf, type MessageId, type SessionId } from '../../../domain/shared/ids.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import type { StoredAnswer } from '../collections/ask-documents.ts';
import { pageOf } from '../lib/pages.ts';
import { findOwned } from '../lib/tenant-filter.ts';
import type { Tombstones } from '../lib/tombstones.ts';
import type { SessionCollections } from './ask-collections.ts';
import { quotedIn, withoutWordsOf } from './conversation/blank-words.ts';
import type { ConversationMemory } from './conversation/conversation-memory.ts';
import { endingQuestion, pastTurns } from './conversation/stored-conversation.ts';
import { toAnswer, toMessage, toQuestion, toSession } from './mapping.ts';

type Reads = 'findQuestion' | 'recentTurns' | 'findAnswer' | 'listMessages';

/** Reads the content of a session. A hidden session has none, and a hidden recording no words in it. */
export function sessionReads(
  collections: SessionCollections,
  memory: ConversationMemory,
  tombstones: Tombstones,
): Pick<SessionStore, Reads> {
  const { sessions, messages, conversations } = collections;

  /** Recordings that are deleted while their erasure may not have come to these answers yet. */
  const erasedIn = (answers: readonly StoredAnswer[]) => tombstones.among([...new Set(answers.flatMap(quotedIn))]);

  async function readQuestion(tenant: Tenant, sessionId: SessionId, messageId: MessageId) {
    const [session, question] = await Promise.all([
      findOwned(sessions, tenant, sessionId),
      findOwned(messages, tenant, messageId),
    ]);
    if (session === null || question?.role !== 'user' || question.sessionId !== sessionId) return null;
    return { session: toSession(session), question: toQuestion(question) };
  }

  return {
    async findQuestion(tenant, sessionId, messageId) {
      const asked = memory.findQuestion(sessionId, messageId) ?? (await readQuestion(tenant, sessionId, messageId));
      if (!asked || !owns(tenant, asked.session)) return null;
      const { position } = asked.question;
      const recent =
        memory.turnsBefore(sessionId, position) ?? pastTurns(await findOwned(conversations, tenant, sessionId));
      memory.rememberTurns(sessionId, position, recent);
      return { ...asked, recent };
    },
    async recentTurns(tenant, sessionId) {
      const session = await findOwned(sessions, tenant, sessionId);
      if (session === null) return [];
      const end = endingQuestion(session)?.position ?? session.messageCount;
      const known = memory.turnsBefore(sessionId, end);
      return known ?? pastTurns(await findOwned(conversations, tenant, sessionId));
    },
    async findAnswer(tenant, sessionId, questionId) {
      const [session, found] = await Promise.all([
        findOwned(sessions, tenant, sessionId),
        findOwned(messages, tenant, answerIdOf(questionId)),
      ]);
      if (session === null || found?.role !== 'assistant' || found.sessionId !== sessionId) return null;
      return toAnswer(withoutWordsOf(await erasedIn([found]), found));
    },
    async listMessages(tenant, sessionId, { limit, after }) {
      const found = await messages.list(
        { sessionId, position: { $gt: after ?? -1 } },
        { sort: { position: 1 }, limit: limit + 1 },
      );
      // Only now, because a session that is deleted beside this read loses its messages one after another.
      if ((await findOwned(sessions, tenant, sessionId)) === null) throw notFound('session', sessionId);
      const erased = await erasedIn(found.filter((each) => each.role === 'assistant'));
      const readable = found.map((each) => (each.role === 'user' ? each : withoutWordsOf(erased, each)));
      return pageOf(readable.map(toMessage), limit, ({ position }) => position);
    },
  };
}
