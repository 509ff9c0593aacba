import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ApiClient } from '../../sdk/api-client.ts';
import type { EndUser } from '../../sdk/wire-types.ts';
import type { Retrievals } from './ask/retrievals.ts';
import type { Turns } from './ask/turns.ts';
import type { Imports } from './library/imports.ts';
import type { RecordingList } from './library/recording-list.ts';
import type { RecordingNames } from './library/recording-names.ts';

/** What every view of a signed-in console works with. */
export interface Console {
  api: ApiClient;
  turns: Turns;
  retrievals: Retrievals;
  imports: Imports;
  names: RecordingNames;
  recordings: RecordingList;
  /** The end user whose recordings and sessions are shown; null when there is none, and for a key that may not list them. */
  endUser: EndUser | null;
  /** Everybody whose recordings this key may see. */
  people: readonly EndUser[];
  /** Reads them again. */
  reloadPeople(): void;
  /** The end user, created where there is nobody yet. */
  ownEndUser(): Promise<EndUser | null>;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (value === null) throw new Error('outside of a signed-in console');
  return value;
}
