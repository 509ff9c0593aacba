import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Tenant } from '../src/domain/access/tenant.ts';
import type { ContextReference } from '../src/domain/answering/context-reference.ts';
import type { NewQuestion } from '../src/domain/ask/message.ts';
import type { SessionScope } from '../src/domain/ask/scope.ts';
import type { NewSession } from '../src/domain/ask/session.ts';
import type { RunResult, Subscribers, Turn, TurnError } from '../src/domain/ask/turn.ts';
import type { EraseTarget } from '../src/domain/library/erase-target.ts';
import type { RebuildCursor } from '../src/domain/library/rebuild-cursor.ts';
import type { IndexBuild } from '../src/domain/library/search-index.ts';
import type {
  EndUserId,
  MessageId,
  ProjectId,
  RecordingId,
  SessionId,
  TranscriptionId,
  TurnId,
} from '../src/domain/shared/ids.ts';
import type { Provider } from '../src/domain/shared/provider.ts';

/** What the API and the session workflow say to each other. The only file of this folder that `src/` imports. */

export const ASK_SESSION = 'askSession';
export const INDEX_TRANSCRIPT = 'indexTranscript';
export const REDATE_RECORDING = 'redateRecording';
export const REINDEX = 'reindex';
export const ERASE = 'erase';
export const MAINTAIN = 'maintain';

export { sessionWorkflowId } from '../src/domain/shared/ids.ts';
export const indexWorkflowId = (id: TranscriptionId) => `index-transcript/${id}`;
export const redateWorkflowId = (id: RecordingId) => `redate-recording/${id}`;
/** One rebuild at a time in an installation. */
export const reindexWorkflowId = (taskQueue: string) => `reindex/${taskQueue}`;
export const eraseWorkflowId = (id: SessionId | RecordingId | EndUserId) => `erase/${id}`;
/**
 * Of a session that has expired. It may leave the session alone, so that a DELETE beside it must have a run of its own.
 */
export const expiryWorkflowId = (id: SessionId) => `${eraseWorkflowId(id)}/expired`;

/** Settings of one session run. They stand in the history, so that replay sees the values that the run had. */
export interface SessionSettings {
  idleMs: number;
  maxQueued: number;
  model: { timeoutMs: number; maxAttempts: number; budgetMs: number };
}

export interface SessionInput {
  tenant: Tenant;
  sessionId: SessionId;
  /** The session to store before the first turn, when this run creates it. */
  create: NewSession | null;
  scopeType: SessionScope['type'];
  settings: SessionSettings;
}

export interface TurnRequest {
  turnId: TurnId;
  question: NewQuestion;
  /** The provider that the client pinned; null for the default, which may fall back. */
  provider: Provider | null;
  requestId: string;
  /** Unset: the answer has no subscribers. */
  subscribers?: Subscribers;
}

/** A small receipt: the answer itself is read with the query `askResult`, pinned to this run. */
export interface TurnReceipt {
  turnId: TurnId;
  messageId: MessageId;
  runId: string;
  outcome: { status: 'completed' } | { status: 'failed' | 'cancelled'; error: TurnError };
}

/** `turn` is null when this run does not know the turn (any more). */
export interface TurnSnapshot {
  turn: Turn | null;
  result: RunResult | null;
  /** What the answer will rest on, from when that is known until the turn is over. */
  context: ContextReference | null;
}

/** Runs one turn. Update id: the turn id. */
export const askUpdate = defineUpdate<TurnReceipt, [TurnRequest]>('ask');
/** Resolves once the session is stored. */
export const openUpdate = defineUpdate<void, []>('open');
/** Stops a turn, queued or running; resolves once it has ended. */
export const cancelTurnUpdate = defineUpdate<void, [TurnId]>('cancelTurn');
/** Deletes the run from within. It ends with the run, and fails where the run stands. */
export const deleteRunUpdate = defineUpdate<void, []>('deleteRun');
export const askResultQuery = defineQuery<TurnSnapshot, [TurnId]>('askResult');

/** Validator rejections, by ApplicationFailure type. */
export const QUEUE_FULL = 'queue_full';
export const SESSION_ROTATING = 'session_rotating';

export interface IndexInput {
  tenant: Tenant & { endUserId: EndUserId };
  transcriptionId: TranscriptionId;
}

export interface IndexProgress {
  step: 'chunking' | 'indexing' | 'verifying' | 'publishing' | 'done';
  done: number;
  total: number;
}
export const indexProgressQuery = defineQuery<IndexProgress>('progress');

export interface RedateInput {
  tenant: Tenant & { endUserId: EndUserId };
  recordingId: RecordingId;
}
/** The date of the recording has changed, perhaps once more. */
export const redateSignal = defineSignal('redate');

export interface EraseInput {
  tenant: Tenant;
  target: EraseTarget;
  /** Of a session: erases what is left of it, and nothing while it stands. */
  onlyIfGone?: boolean;
  /** Of a session: removes it first if nothing has happened in it since then. */
  idleSince?: string;
  /** After how long to look once more for what a frozen process wrote; unset: not at all. */
  lookAgainMs?: number;
  /** When the erasure began, in ms, where an earlier run began it. */
  since?: number;
  /** How long before the next run looks; this one does nothing. */
  waitMs?: number;
}

export interface ReindexInput {
  /** Null for every project. */
  projectId: ProjectId | null;
  build: IndexBuild;
  /** What the provider takes; null where the index itself sets the pace. */
  tokensPerMinute: number | null;
  /** How long the old index stays after the switch, in ms: longer than any process goes on asking it. */
  graceMs: number;
  /** How far an earlier run of this rebuild came. */
  cursor?: RebuildCursor;
  progress?: ReindexProgress;
}

export type ReindexStep =
  | 'beginning'
  | 'writing'
  | 'comparing'
  | 'searching'
  | 'switching'
  | 'catching up'
  | 'removing'
  | 'done'
  | 'cancelled'
  | 'failed';

export interface ReindexProgress {
  step: ReindexStep;
  /** Passages. */
  done: number;
  total: number;
  paused: boolean;
  /** Why it failed, or what is left over; null where all is well. */
  reason: string | null;
}
/** The type of the failure that ends a rebuild; its message is the reason. */
export const REINDEX_FAILED = 'reindex_failed';
export const reindexProgressQuery = defineQuery<ReindexProgress>('progress');
export const pauseReindexSignal = defineSignal('pause');
export const resumeReindexSignal = defineSignal('resume');

/** Typed search attributes, by name; all keywords. No user text may stand in them. */
export const SEARCH_ATTRIBUTES = {
  AskProject: 'Keyword',
  AskMode: 'Keyword',
  AskEndUser: 'Keyword',
  AskScopeType: 'Keyword',
  AskProvider: 'Keyword',
  AskLastOutcome: 'Keyword',
} as const;

/** What a run's last turn came to: `none` before the first one's end, then the status of the turn and who answered or failed. */
export const LAST_OUTCOME = defineSearchAttributeKey('AskLastOutcome', 'KEYWORD');
export const LAST_PROVIDER = defineSearchAttributeKey('AskProvider', 'KEYWORD');
