import type { SubscribeToTurn, TurnToRead } from '../../../ports/ask/turn-subscription.ts';
import { ReadingPace } from './reading-pace.ts';
import { SharedTurnReader } from './shared-turn-reader.ts';
import type { TurnReads } from './turn-reader.ts';

/** The readers of turns of one process: one a turn, which all of its subscribers share. */
export function createTurnReaders(deps: TurnReads): SubscribeToTurn {
  const readers = new Map<string, SharedTurnReader>();
  const pace = new ReadingPace();

  // A generator, so that the reader is looked up when its first event is wanted: until then it may have ended.
  return async function* (turn) {
    yield* readerOf(turn).subscribe();
  };

  function readerOf(turn: TurnToRead): SharedTurnReader {
    // Who follows the earlier run of this turn sees its earlier end.
    if (turn.isRerun) return new SharedTurnReader(deps, turn, pace);
    const key = keyOf(turn);
    const reader = readers.get(key) ?? new SharedTurnReader(deps, turn, pace, () => readers.delete(key));
    readers.set(key, reader);
    return reader;
  }
}

function keyOf({ tenant, turnId }: TurnToRead): string {
  const { projectId, mode, endUserId } = tenant;
  return [projectId, mode, endUserId ?? '', turnId].join('/');
}
