import type { Tenant } from '../../domain/access/tenant.ts';
import type { SessionId, TurnId } from '../../domain/shared/ids.ts';
import type { TurnState } from './session-gateway.ts';

/** An event of a turn's stream; its number is its place in the stream. */
export interface TurnEvent {
  name: 'turn.started' | 'sources' | 'delta' | 'citation' | 'turn.restarted' | 'turn.completed' | 'turn.failed';
  data: object;
}

/** Loads how far the turn is now. */
export type LoadTurnState = () => Promise<TurnState>;

export interface TurnToRead {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  loadState: LoadTurnState;
  /** Whether the turn runs once more after it ended: who read its end must not share the reader of its new run. */
  isRerun?: boolean;
}

/** The events of a turn from its first one on; `null` now and then while there is nothing new. */
export type SubscribeToTurn = (turn: TurnToRead) => AsyncIterable<TurnEvent | null>;
