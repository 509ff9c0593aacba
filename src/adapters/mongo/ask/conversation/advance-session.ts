import type { StoredAnswer, StoredQuestion, StoredSession } from '../../collections/ask-documents.ts';
import type { Update } from '../../lib/collection.ts';
import type { SessionCollections } from '../ask-collections.ts';

/** Brings a session up to date with a question. @returns whether the session still stands. */
export function advanceToQuestion(
  { sessions }: Pick<SessionCollections, 'sessions'>,
  session: StoredSession,
  { _id: id, position, createdAt }: StoredQuestion,
): Promise<boolean> {
  const isLatest = position >= (session.lastQuestion?.position ?? 0);
  return sessions.update(session._id, {
    ...atLeast(position, createdAt),
    ...(isLatest && { $set: { lastQuestion: { id, position } } }),
  });
}

/** Brings a session up to date with an answer. @returns whether the session still stands. */
export function advanceToAnswer(
  { sessions }: Pick<SessionCollections, 'sessions'>,
  session: StoredSession,
  { position, createdAt, model, provider }: StoredAnswer,
): Promise<boolean> {
  const isLatest = position + 1 >= session.messageCount;
  return sessions.update(session._id, {
    ...atLeast(position, createdAt),
    ...(isLatest && { $set: { lastModel: model, lastProvider: provider } }),
  });
}

function atLeast(position: number, createdAt: string): Update {
  return { $max: { messageCount: position + 1, lastMessageAt: createdAt, updatedAt: createdAt } };
}
