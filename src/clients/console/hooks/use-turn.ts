import type { LiveTurn } from '../state/ask/live-turn.ts';
import type { Conversation } from '../state/ask/turns.ts';
import { useConsole } from '../state/console.ts';
import { useObservable } from '../state/lib/observable.ts';

/** The latest turn of a conversation, as it goes on. */
export function useTurn(conversation: Conversation): LiveTurn | null {
  const { turns } = useConsole();
  useObservable(turns);
  return turns.of(conversation);
}
