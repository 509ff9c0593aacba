import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Api } from '../api/client.ts';
import type { EndUser } from '../types.ts';
import type { LiveTurn } from './live-turn.ts';
import type { RecordingNames } from './recording-names.ts';
import type { Conversation, Turns } from './turns.ts';

/** What every view of a signed-in console works with. */
export interface Console {
  api: Api;
  turns: Turns;
  names: RecordingNames;
  /** Whose recordings and sessions are shown; null while there is nobody, and for a key that may not list people. */
  endUser: EndUser | null;
  /** The end user, created where there is nobody yet. */
  ownEndUser(): Promise<EndUser | null>;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (value === null) throw new Error('outside of a signed-in console');
  return value;
}

/** The latest turn of a conversation, as it goes on. */
export function useTurn(conversation: Conversation): LiveTurn | null {
  const { turns } = useConsole();
  const [, update] = useState(0);
  useEffect(() => turns.subscribe(() => update((n) => n + 1)), [turns]);
  return turns.of(conversation);
}
