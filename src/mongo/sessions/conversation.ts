import type { PastTurn } from '../../domain/message.ts';
import type { Update } from '../documents.ts';
import { ownerOf } from '../owned.ts';
import type { StoredConversation, StoredSession } from './collections.ts';

export const MAX_TURNS = 64;
/** Far above what a prompt takes of its history, far below what one document may hold. */
export const MAX_CHARACTERS = 200_000;
/** A turn takes two places, its question's and its answer's. */
const SLOTS = 2 * MAX_TURNS;

type Entry = StoredConversation['turns'][string];

/**
 * The latest answered turns of a session, kept together so that a prompt's history is one look-up by `_id`. A turn's
 * slot is its question's position modulo the window, so that storing it again changes nothing.
 */
export function withTurn(session: StoredSession, current: StoredConversation | null, entry: Entry): Update {
  const slot = String(entry.position % SLOTS);
  const others = Object.entries(current?.turns ?? {}).filter(([name]) => name !== slot);
  const kept = new Set(newest([...others.map(([, turn]) => turn), entry]));
  const dropped = others.filter(([, turn]) => !kept.has(turn)).map(([name]) => [`turns.${name}`, '']);
  return {
    $setOnInsert: { ...ownerOf(session) },
    $set: { [`turns.${slot}`]: entry },
    ...(dropped.length > 0 && { $unset: Object.fromEntries(dropped) }),
  };
}

/** Oldest first. */
export function pastTurns(conversation: StoredConversation | null): PastTurn[] {
  return newest(Object.values(conversation?.turns ?? {})).map(({ question, answer }) => ({ question, answer }));
}

/** What fits the window, oldest first; always at least the newest. */
function newest(entries: readonly Entry[]): Entry[] {
  const latestFirst = entries.toSorted((a, b) => b.position - a.position).slice(0, MAX_TURNS);
  let characters = 0;
  const tooMany = latestFirst.findIndex(({ question, answer }, index) => {
    characters += question.length + answer.length;
    return index > 0 && characters > MAX_CHARACTERS;
  });
  return latestFirst.slice(0, tooMany === -1 ? undefined : tooMany).reverse();
}
