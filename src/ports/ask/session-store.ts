import type { Owned, Tenant } from '../../domain/access/tenant.ts';
import type { PromptTrace } from '../../domain/answering/context/prompt-trace.ts';
import type { AssistantMessage, Message, NewQuestion, PastTurn, UserMessage } from '../../domain/ask/message.ts';
import type { SessionScopeType } from '../../domain/ask/scope.ts';
import type { NewSession, Session } from '../../domain/ask/session.ts';
import type { Turn } from '../../domain/ask/turn.ts';
import type { EndUserId, MessageId, ProjectId, RecordingId, SessionId, TurnId } from '../../domain/shared/ids.ts';
import type { Page } from '../page.ts';

export interface SessionFilter {
  endUserId?: EndUserId;
  scopeType?: SessionScopeType;
  recordingId?: RecordingId;
  /** Case-insensitive, somewhere in the title; literal text, not a pattern. */
  titleContains?: string;
}

/** Newest activity first: `activityAt` is `updatedAt`; `id` breaks ties. */
export interface SessionCursor {
  activityAt: string;
  id: SessionId;
}

/** A stored question, and its answer where it already has one. */
export interface QuestionInSession {
  session: Session;
  message: UserMessage;
  answer: AssistantMessage | null;
}

/** A question with what its answer starts from. */
export interface QuestionWithHistory {
  session: Session;
  question: UserMessage;
  /** The latest answered turns, oldest first. */
  recent: readonly PastTurn[];
}

/**
 * Sessions, their messages and turns: the truth that clients read.
 *
 * Every write is idempotent on a deterministic id, so a retried activity changes nothing. One session has one writer at
 * a time, its workflow. All methods throw AskError `unavailable` when the database is away.
 */
export interface SessionStore {
  /** Stores the session unless it is there. @throws AskError `not_found` when it was deleted, or its end user or recording. */
  create(session: NewSession): Promise<void>;
  find(tenant: Tenant, id: SessionId): Promise<Session | null>;
  list(
    tenant: Tenant,
    filter: SessionFilter,
    page: { limit: number; after: SessionCursor | null },
  ): Promise<Page<Session, SessionCursor>>;
  /** Gives the session another title. @returns null when it is gone */
  rename(tenant: Tenant, id: SessionId, title: string): Promise<Session | null>;
  /** Hides the session from every read at once; the erase workflow removes what is left. @returns whether it was there. */
  hide(tenant: Tenant, id: SessionId): Promise<boolean>;
  /** Hides the session if nothing has happened in it since then, at the moment of its removal. */
  hideIdle(tenant: Tenant, id: SessionId, before: string): Promise<void>;

  /**
   * Stores a user message at the session's next place, or finds it where it already stands. When the session's last
   * message is an unanswered question with the same content, that one is taken instead of storing a second copy.
   * From then on the turn is found as `queued`. @throws AskError `not_found` when the session is gone.
   */
  recordQuestion(
    tenant: Tenant,
    sessionId: SessionId,
    turnId: TurnId,
    question: NewQuestion,
  ): Promise<QuestionInSession>;
  /**
   * Stores the answer unless the question has one, which completes its turn, and brings the session up to date.
   * @param answer with the turn that stores it. Had that turn been reported failed, a repeat of the question finds this answer.
   * `trace` says what its prompt was made of, `recordingIds` whose words it has without a source.
   * @param evictedTurns positions of past turns that prompts need no longer see; their messages stay
   * @returns the answer that stands.
   */
  recordAnswer(
    tenant: Tenant,
    question: UserMessage,
    answer: Omit<AssistantMessage, 'id' | 'role' | 'position'> & {
      turnId?: TurnId;
      trace?: PromptTrace;
      recordingIds?: RecordingId[];
    },
    evictedTurns?: readonly number[],
  ): Promise<AssistantMessage>;
  /**
   * Notes that the model is asked for the `attempt`-th time, for the attempts after the first.
   * @param by `generation`: when the attempt was scheduled, in ms
   */
  recordAttempt(
    tenant: Tenant,
    sessionId: SessionId,
    turnId: TurnId,
    by: { attempt: number; generation: number },
  ): Promise<void>;
  /** Whether the question has its answer, or a later attempt of the turn was noted. Two look-ups by `_id`. */
  isSuperseded(turnId: TurnId, messageId: MessageId, generation: number): Promise<boolean>;
  /**
   * Ends the turn as failed or cancelled; the user message stays and can be answered by a later turn.
   * @returns the answer that stands after all, which completes the turn.
   */
  recordFailure(tenant: Tenant, turn: Turn): Promise<AssistantMessage | null>;

  findTurn(tenant: Tenant, sessionId: SessionId, turnId: TurnId): Promise<Turn | null>;
  /** The latest turn of each of these questions, by the question; it is `queued` for as long as only the workflow knows more. */
  latestTurns(tenant: Tenant, sessionId: SessionId, questions: readonly UserMessage[]): Promise<Map<MessageId, Turn>>;
  /** The question and what its answer starts from, read together; null when the session or the question is gone. */
  findQuestion(tenant: Tenant, sessionId: SessionId, messageId: MessageId): Promise<QuestionWithHistory | null>;
  /** The latest answered turns, oldest first. */
  recentTurns(tenant: Tenant, sessionId: SessionId): Promise<readonly PastTurn[]>;
  findAnswer(tenant: Tenant, sessionId: SessionId, questionId: MessageId): Promise<AssistantMessage | null>;
  /**
   * Oldest first; `after` is the last position already seen.
   * @throws AskError `not_found` when the session is gone, so that no reader takes a part for the whole
   */
  listMessages(
    tenant: Tenant,
    sessionId: SessionId,
    page: { limit: number; after: number | null },
  ): Promise<Page<Message, number>>;

  /** For erasure: sessions of an end user or over a recording. */
  idsFor(tenant: Tenant, of: Omit<SessionFilter, 'titleContains'>): Promise<SessionId[]>;
  /** Sessions over a recording that were erased: a process that was frozen may have written to them since. */
  erasedIdsOver(tenant: Tenant, recordingId: RecordingId): Promise<SessionId[]>;
  /** Sessions of a project, of both modes, in which nothing has happened since then, longest ago first. */
  inactiveSince(projectId: ProjectId, before: string, limit: number): Promise<(Owned & { id: SessionId })[]>;
  /** Removes the session with all its messages and turns. @returns how many documents were removed. */
  purge(tenant: Tenant, id: SessionId): Promise<number>;
  /** Removes whatever is left of an end user, wherever it hangs. @returns how many documents were removed. */
  purgeOwned(tenant: Tenant & { endUserId: EndUserId }): Promise<number>;
  /**
   * Blanks what answers have of a recording's words: text and speakers of sources and citations, also where they are kept
   * for subscribers. @returns how many documents were changed.
   */
  purgeSources(tenant: Tenant, recordingId: RecordingId): Promise<number>;
}
