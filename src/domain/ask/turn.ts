import type { Source } from '../library/source.ts';
import type { ErrorDetails, ErrorKind } from '../shared/errors.ts';
import type { MessageId, SessionId, TurnId } from '../shared/ids.ts';
import type { AssistantMessage } from './message.ts';
import type { Retrieval } from './retrieval.ts';

export const TURN_STATUSES = ['queued', 'retrieving', 'generating', 'completed', 'failed', 'cancelled'] as const;
export type TurnStatus = (typeof TURN_STATUSES)[number];

/** Whether an answer has subscribers while it is written: `now`, or `maybe` by then. Histories carry this name. */
export type Subscribers = 'now' | 'maybe';

/** The failure of a turn as clients may see it. */
export interface TurnError {
  kind: ErrorKind;
  message: string;
  details?: ErrorDetails;
  retryAfterMs?: number;
}

/** Of a turn that its client stopped. */
export const CANCELLED: TurnError = {
  kind: 'turn_cancelled',
  message:
    'The turn was cancelled before it was answered. Send the message with a new Idempotency-Key to have it answered.',
};

/** Of a turn whose run was ended from outside, or was lost. */
export const INTERRUPTED: TurnError = {
  kind: 'unavailable',
  message: 'The turn was stopped before it was answered. Nothing was lost; repeat the request to have it answered.',
  retryAfterMs: 1_000,
};

/** One attempt of a client to get a message answered, and what came of it. */
export interface Turn {
  id: TurnId;
  sessionId: SessionId;
  messageId: MessageId;
  status: TurnStatus;
  /** The model call's attempt, from 1; 0 before the first. */
  attempt: number;
  error: TurnError | null;
  createdAt: string;
  completedAt: string | null;
}

/**
 * An answer as the run that gave it knows it. `sources` and `retrieval` are null where they, or what the answer quotes,
 * stand in the database alone.
 */
export interface RunResult {
  sessionId: SessionId;
  turnId: TurnId;
  message: Omit<AssistantMessage, 'sources' | 'retrieval'> & { sources: Source[] | null; retrieval: Retrieval | null };
}

/** The answer to a turn; its `sources` are what retrieval gave the model. */
export interface AskResult {
  sessionId: SessionId;
  turnId: TurnId;
  message: AssistantMessage;
}

export function isFinished(status: TurnStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}
