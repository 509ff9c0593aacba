import { stripCitations } from '../../../../domain/answering/reply/citations.ts';
import type { PastTurn, UserMessage } from '../../../../domain/ask/message.ts';
import type { StoredAnswer, StoredQuestion, StoredSession } from '../../collections/ask-documents.ts';
import type { Update } from '../../lib/collection.ts';
import type { SessionCollections } from '../ask-collections.ts';
import { advanceToAnswer } from './advance-session.ts';
import { withTurn } from './stored-conversation.ts';

/**
 * Tells the conversation of an answer, and then the session, which is the look whether it still stands.
 * @returns whether it does; otherwise nothing is left of what was told
 */
export async function tellSession(
  collections: SessionCollections,
  session: StoredSession,
  answer: StoredAnswer,
  turn: Update,
): Promise<boolean> {
  const { conversations } = collections;
  await conversations.upsert(session._id, turn);
  if (await advanceToAnswer(collections, session, answer)) return true;
  await conversations.remove({ _id: session._id });
  return false;
}

/** Tells the session and its conversation of an answer that stands already, where they do not know it. */
export async function knowAnswer(
  collections: SessionCollections,
  session: StoredSession,
  question: StoredQuestion,
  answer: StoredAnswer,
): Promise<void> {
  if (answer.position < session.messageCount) return;
  await tellSession(collections, session, answer, withTurn(session, pastTurn(question, answer), []));
}

/** The two as later prompts show them. */
export function pastTurn(
  { position, content }: Pick<UserMessage, 'position' | 'content'>,
  { parts }: StoredAnswer,
): PastTurn {
  return { position, question: content, answer: stripCitations(parts) };
}
