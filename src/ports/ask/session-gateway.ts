import type { Tenant } from '../../domain/access/tenant.ts';
import type { ContextReference } from '../../domain/answering/context-reference.ts';
import type { NewQuestion } from '../../domain/ask/message.ts';
import type { NewSession } from '../../domain/ask/session.ts';
import type { AskResult, Listening, Turn, TurnError } from '../../domain/ask/turn.ts';
import type { MessageId, SessionId, TurnId } from '../../domain/shared/ids.ts';
import type { Provider } from '../../domain/shared/provider.ts';

export interface AskCommand {
  tenant: Tenant;
  session: NewSession;
  /** Whether this turn creates the session: it is stored before the question. */
  create: boolean;
  turnId: TurnId;
  /** Whether an earlier run of this same turn failed or was cancelled, so that it is to be run anew instead of attached to. */
  again: boolean;
  question: NewQuestion;
  /** The provider that the request pinned; null for the default. */
  provider: Provider | null;
  requestId: string;
  /** Whether somebody subscribes to the answer while it is written. Unset: nobody. */
  subscribers?: Listening;
}

/** How a turn ended. `messageId` is the stored question, which may be an earlier unanswered one. */
export type TurnOutcome =
  | { status: 'completed'; result: AskResult }
  | { status: 'failed' | 'cancelled'; messageId: MessageId; error: TurnError };

/** A turn, with its result once it is completed. `context` is set from when it is known until the turn ends. */
export interface TurnState {
  turn: Turn;
  result: AskResult | null;
  context: ContextReference | null;
}

/** The session workflows, as the API uses them. Throws AskError `unavailable` when Temporal is away, `queue_full` when the session has too many turns waiting. */
export interface SessionGateway {
  /** Starts the workflow and waits until the session is stored. */
  open(session: NewSession): Promise<void>;
  /**
   * Runs a turn and waits for its end; attaches where it already runs. `interrupted`: the run was ended from outside under
   * the turn, and no run will end it any more. @throws AskError `turn_in_progress` after `ASK_WAIT_MS`.
   */
  ask(command: AskCommand): Promise<TurnOutcome | { status: 'interrupted' }>;
  /** Runs a turn and returns as soon as Temporal has it. */
  askAsync(command: AskCommand): Promise<void>;
  /**
   * A turn as its workflow knows it. `unknown`: no open run knows it, so it has ended or is lost. null: no worker answers or
   * the answer stands in the database alone.
   */
  turn(sessionId: SessionId, turnId: TurnId): Promise<TurnState | 'unknown' | null>;
  /** Asks the workflow to stop the turn; returns once it has ended. A finished turn stays as it is. */
  cancel(sessionId: SessionId, turnId: TurnId): Promise<void>;
}
