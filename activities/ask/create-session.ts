import type { NewSession } from '../../src/domain/ask/session.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';

/** Stores a session that has no message yet. Idempotent on its id. */
export function createSession({ sessions }: { sessions: SessionStore }) {
  return (session: NewSession): Promise<void> => sessions.create(session);
}
