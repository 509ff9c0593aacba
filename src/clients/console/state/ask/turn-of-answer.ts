import type { Message, Turn } from '../../../sdk/wire-types.ts';
import { recall, rememberEntry } from '../lib/stored.ts';

const ANSWERED = 'ask.answered';

type Answered = Record<string, Turn['turn_id']>;

/** A message does not tell its turn: this tab remembers those that it asked, for their timelines. */
export function rememberTurn(answer: Message['id'], turn: Turn['turn_id']): void {
  rememberEntry(ANSWERED, answer, turn);
}

export function turnOf(answer: Message['id']): Turn['turn_id'] | null {
  return recall<Answered>(ANSWERED, {})[answer] ?? null;
}
