import { LRUCache } from 'lru-cache';
import type { SessionId } from '../../domain/ids.ts';
import type { PastTurn } from '../../domain/message.ts';

/** Characters of past turns kept in memory. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

interface Known {
  /** The place behind the last message that these turns tell of. */
  end: number;
  turns: readonly PastTurn[];
}

/**
 * Past turns of the sessions that this process answers: whoever stored the last answer need not read the conversation for
 * the next question. Another process may have answered meanwhile, so they hold for the question at `end` alone.
 */
export class ConversationMemory {
  readonly #known = new LRUCache<SessionId, Known>({ maxSize: MAX_CHARACTERS, sizeCalculation: sizeOf });

  /** What came before the message at this place; undefined when this process does not know all of it. */
  before(session: SessionId, position: number): readonly PastTurn[] | undefined {
    const known = this.#known.get(session);
    return known?.end === position ? known.turns : undefined;
  }

  remember(session: SessionId, end: number, turns: readonly PastTurn[]): void {
    this.#known.set(session, { end, turns });
  }

  forget(session: SessionId): void {
    this.#known.delete(session);
  }
}

function sizeOf({ turns }: Known): number {
  return turns.reduce((sum, { question, answer }) => sum + question.length + answer.length, 1);
}
