import type { Owned, Tenant } from '../../domain/access/tenant.ts';
import type { PromptTrace } from '../../domain/answering/context/prompt-trace.ts';
import type { TraceCandidate } from '../../domain/ask/trace.ts';
import type { MessageId, SessionId, TurnId } from '../../domain/shared/ids.ts';

/** What turns leave for whoever asks how an answer came about. It is erased with the session. */
export interface TraceStore {
  /**
   * Keeps what was considered for a turn; a later call for the turn replaces it. Nothing is kept of a session or an end
   * user that is deleted.
   */
  recordCandidates(
    owner: Owned,
    turn: { sessionId: SessionId; turnId: TurnId },
    candidates: readonly TraceCandidate[],
  ): Promise<void>;
  findCandidates(tenant: Tenant, sessionId: SessionId, turnId: TurnId): Promise<TraceCandidate[]>;
  /** What the answer to this question was made from; null where it has none, or one from before traces were kept. */
  findPrompt(
    tenant: Tenant,
    sessionId: SessionId,
    turn: { id: TurnId; messageId: MessageId },
  ): Promise<PromptTrace | null>;
}
