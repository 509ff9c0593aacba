import type { PastTurn } from '../../../../domain/ask/message.ts';
import type { StoredConversation, StoredSession } from '../../collections/ask-documents.ts';
import type { Update } from '../../lib/collection.ts';
import { ownerOf } from '../../lib/tenant-filter.ts';

/** More turns than a prompt usually shows. Even with the longest texts they stay far below the limit of a document. */
const MAX_TURNS = 64;
/** A turn takes two places, its question's and its answer's. */
const SLOTS = 2 * MAX_TURNS;

/**
 * The latest answered turns of a session, kept together so that a prompt's history is one look-up by `_id`. A turn's
 * slot is its question's position modulo the window, so that storing it again changes nothing. Each is a text of its own,
 * which halves what an update costs (`ferretdb.ts`).
 */
export function withTurn(session: StoredSession, turn: PastTurn, evictedTurns: readonly number[]): Update {
  const slot = slotOf(turn.position);
  const emptied = evictedTurns.map(slotOf).filter((other) => other !== slot);
  return {
    // Empty, for workers from before texts, which may be running beside this one.
    $setOnInsert: { ...ownerOf(session), turns: {} },
    $set: { [slot]: JSON.stringify(turn) },
    ...(emptied.length > 0 && { $unset: Object.fromEntries(emptied.map((other) => [other, ''])) }),
  };
}

function slotOf(position: number): string {
  return `texts.${position % SLOTS}`;
}

/** The session's last message if it is a question, with or without an answer; null after an answer that the session knows. */
export function endingQuestion({ messageCount, lastQuestion }: StoredSession): StoredSession['lastQuestion'] {
  return lastQuestion?.position === messageCount - 1 ? lastQuestion : null;
}

/** Oldest first. */
export function pastTurns(conversation: StoredConversation | null): PastTurn[] {
  const { turns = {}, texts = {} } = conversation ?? {};
  const byPosition = new Map([turns, texts].flatMap(Object.values<PastTurn>).map((turn) => [turn.position, turn]));
  return [...byPosition.values()].toSorted((a, b) => a.position - b.position).slice(-MAX_TURNS);
}

/** The turns with this one added. */
export function appendTurn(
  turns: readonly PastTurn[],
  turn: PastTurn,
  evictedTurns: readonly number[],
): readonly PastTurn[] {
  return [...turns.filter(({ position }) => !evictedTurns.includes(position)), turn].slice(-MAX_TURNS);
}
