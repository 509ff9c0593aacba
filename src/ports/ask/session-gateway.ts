import type { Tenant } from '../../domain/access/tenant.ts';
import type { ContextReference } from '../../domain/answering/context-reference.ts';
import type { NewQuestion } from '../../domain/ask/message.ts';
import type { NewSession } from '../../domain/ask/session.ts';
import type { AskResult, Listening, Turn, TurnError } from '../../domain/ask/turn.ts';
import type { EraseTarget } from '../../domain/shared/erase-target.ts';
import type { MessageId, SessionId, TranscriptionId, TurnId } from '../../domain/shared/ids.ts';
import type { Provider } from '../../domain/shared/provider.ts';
import type { EndUserTenant } from '../library/passage-retriever.ts';

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
  /** Unset: nobody reads along. */
  listening?: Listening;
}

/** How a turn ended. `messageId` is the stored question, which may be an earlier unanswered one. */
export type AskOutcome =
  | { status: 'completed'; result: AskResult }
  | { status: 'failed' | 'cancelled'; messageId: MessageId; error: TurnError };

/** A turn as its workflow knows it; `context` from when it is known until the turn is over. */
export interface LiveTurn {
  turn: Turn;
  result: AskResult | null;
  context: ContextReference | null;
}

/** The session workflows, as the API uses them. Throws AskError `unavailable` when Temporal is away, `queue_full` when the session has too many turns waiting. */
export interface SessionGateway {
  /** Starts the workflow and waits until the session is stored. */
  open(session: NewSession): Promise<void>;
  /** Runs a turn and waits for its end; attaches where it already runs. @throws AskError `turn_in_progress` after `ASK_WAIT_MS`. */
  ask(command: AskCommand): Promise<AskOutcome>;
  /** Runs a turn and returns as soon as Temporal has it. */
  askAsync(command: AskCommand): Promise<void>;
  /**
   * A turn that the workflow has in memory. `unknown`: it answers, and has not; `silent`: it does not answer, so nothing is
   * known.
   */
  turn(tenant: Tenant, sessionId: SessionId, turnId: TurnId): Promise<LiveTurn | 'unknown' | 'silent'>;
  /** Asks the workflow to stop the turn; returns once it has ended. A finished turn stays as it is. */
  cancel(sessionId: SessionId, turnId: TurnId): Promise<void>;
}

/** The workflows over a library: indexing and erasure. */
export interface LibraryGateway {
  startIndexing(tenant: EndUserTenant, transcriptionId: TranscriptionId): Promise<void>;
  /** For operators, who may see every tenant: how many chunks are `done` of a step; null when it cannot be told. */
  indexingProgress(transcriptionId: TranscriptionId): Promise<{ step: string; done: number; total: number } | null>;
  /** Once this returns the erasure will be done, whatever happens to this process. @returns its run; null where one was running already. */
  startErasure(tenant: Tenant, target: EraseTarget): Promise<string | null>;
  /** Waits for the end of an erasure as long as a request may; it goes on without the request. */
  erased(id: EraseTarget['id'], runId: string | null): Promise<void>;
}
