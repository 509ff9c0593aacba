import { setTimeout as sleep } from 'node:timers/promises';
import { AskError } from '../../../domain/shared/errors.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { failedEvent, startedEvent, type TurnEvent } from './turn-event.ts';
import { TurnReader, type TurnToRead } from './turn-reader.ts';

/** How often the feed is looked at: well under what a reader notices. */
const POLL_MS = 30;
const AWAY_PAUSE_MS = 1_000;

/**
 * A turn as it goes: the same events in the same order whoever follows it, from whichever process and whenever, so that an
 * event's place is its number. `null` while there is nothing new; a dependency that is away is waited for.
 */
export async function* readTurnEvents(deps: Dependencies, turn: TurnToRead): AsyncGenerator<TurnEvent | null> {
  const reader = new TurnReader(deps, turn);
  yield startedEvent(turn.sessionId, turn.turnId);
  while (!reader.over) {
    try {
      const events = await reader.step();
      yield* events;
      if (events.length > 0) continue;
      yield null;
      await sleep(POLL_MS);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      // The response has begun: only an event can still say that the session was deleted meanwhile.
      if (error.kind !== 'unavailable') return yield failedEvent({ kind: error.kind, message: error.message });
      yield null;
      await sleep(AWAY_PAUSE_MS);
    }
  }
}
