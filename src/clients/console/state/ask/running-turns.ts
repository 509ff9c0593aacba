import type { Provider, TurnPlace } from '../../../sdk/wire-types.ts';
import { recall, remember, rememberEntry } from '../lib/stored.ts';
import type { LiveTurn } from './live-turn.ts';

interface Running {
  place: TurnPlace;
  content: string;
  provider: Provider | null;
}

const RUNNING = 'ask.running';

/** The turns of this tab that had not ended when they were last seen. */
export function runningTurns(): Running[] {
  return Object.values(recall<Record<string, Running>>(RUNNING, {}));
}

export function rememberRunning({ place, content, provider, phase }: LiveTurn): void {
  if (place === null) return;
  const ended = phase === 'completed' || phase === 'failed';
  rememberEntry<Running>(RUNNING, place.session_id, ended ? undefined : { place, content, provider });
}

/** With another key they are none of ours. */
export function forgetRunning(): void {
  remember(RUNNING, {});
}
