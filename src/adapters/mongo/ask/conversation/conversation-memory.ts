import { LRUCache } from 'lru-cache';
import type { PastTurn, UserMessage } from '../../../../domain/ask/message.ts';
import type { Session } from '../../../../domain/ask/session.ts';
import type { MessageId, SessionId } from '../../../../domain/shared/ids.ts';

/** Characters of past turns kept in memory. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
/** The model is asked milliseconds after the question is stored. Later, the session may have been deleted, so it is read again. */
const ASKED = { max: 100, ttl: 2_000 };

interface Asked {
  session: Session;
  question: UserMessage;
}

interface Known {
  /** The position after the last message of these turns. */
  end: number;
  turns: readonly PastTurn[];
}

/**
 * What this process wrote to the sessions that it answers, so that it need not read it again: for a moment the question that
 * it stored, and the past turns for as long as there is room. Another process may have answered meanwhile, so those hold
 * for the question at `end` alone.
 */
export class ConversationMemory {
  readonly #asked = new LRUCache<SessionId, Asked>(ASKED);
  readonly #known = new LRUCache<SessionId, Known>({ maxSize: MAX_CHARACTERS, sizeCalculation: sizeOf });

  rememberQuestion(session: Session, question: UserMessage): void {
    this.#asked.set(session.id, { session, question });
  }

  /** The question and its session, as they were a moment ago; undefined when this process did not store it just now. */
  findQuestion(session: SessionId, question: MessageId): Asked | undefined {
    const asked = this.#asked.get(session);
    return asked?.question.id === question ? asked : undefined;
  }

  /** What came before the message at this place; undefined when this process does not know all of it. */
  turnsBefore(session: SessionId, position: number): readonly PastTurn[] | undefined {
    if (position === 0) return [];
    const known = this.#known.get(session);
    return known?.end === position ? known.turns : undefined;
  }

  rememberTurns(session: SessionId, end: number, turns: readonly PastTurn[]): void {
    this.#known.set(session, { end, turns });
  }

  forget(session: SessionId): void {
    this.#asked.delete(session);
    this.#known.delete(session);
  }
}

function sizeOf({ turns }: Known): number {
  return turns.reduce((sum, { question, answer }) => sum + question.length + answer.length, 1);
}
