import type { Tenant } from '../../../../domain/access/tenant.ts';
import type { SessionId } from '../../../../domain/shared/ids.ts';
import type { StoredMessage, StoredSession } from '../../collections/ask-documents.ts';
import { findOwned } from '../../lib/tenant-filter.ts';
import type { SessionCollections } from '../ask-collections.ts';
import { advanceToAnswer, advanceToQuestion } from './advance-session.ts';

/**
 * Makes a session say what follows from its messages, after an update that may have written an earlier count over the one of
 * a message that came beside it (`ferretdb.ts`). It is written and read back until it agrees: whoever writes last has looked
 * last. @returns null when the session is gone.
 */
export async function settleSession(
  collections: SessionCollections,
  tenant: Tenant,
  id: SessionId,
): Promise<StoredSession | null> {
  for (;;) {
    const session = await findOwned(collections.sessions, tenant, id);
    if (session === null) return null;
    const untold = await untoldMessages(collections, session);
    if (untold.length === 0) return session;
    for (const message of untold) {
      if (message.role === 'user') await advanceToQuestion(collections, session, message);
      else await advanceToAnswer(collections, session, message);
    }
  }
}

/** Messages that the session should count and does not, oldest first. */
async function untoldMessages(
  { messages, turns }: SessionCollections,
  { _id: sessionId, messageCount }: StoredSession,
) {
  const beyond = await messages.list({ sessionId, position: { $gte: messageCount } }, { sort: { position: 1 } });
  const counts = async (message: StoredMessage) => {
    if (message.role === 'user' || message.turnId === undefined) return true;
    // The session goes on from the question of a turn that was reported failed, so that a repeat finds its late answer.
    const turn = await turns.get(message.turnId);
    return turn?.status !== 'failed' && turn?.status !== 'cancelled';
  };
  const counted = await Promise.all(beyond.map(counts));
  return beyond.filter((_, i) => counted[i]);
}
