import { log } from '@temporalio/activity';
import { isCancellation } from '@temporalio/workflow';
import { AskError } from '../src/domain/shared/errors.ts';
import { toFailure } from '../src/failures.ts';
import type { IdempotencyStore } from '../src/ports/access/idempotency-store.ts';
import { beginTurn } from './begin-turn.ts';
import { chunkTranscript } from './chunk-transcript.ts';
import { createSession } from './create-session.ts';
import { closeEndUser, type EraseDependencies, eraseEndUser, eraseRecording, eraseSession } from './erase.ts';
import { type ExpiryDependencies, expiredSessions } from './expired-sessions.ts';
import { gatherContext } from './gather-context.ts';
import { type GenerateAnswerDependencies, generateAnswer, type Surroundings } from './generate-answer.ts';
import { type IndexDependencies, indexChunks, verifyChunks } from './index-chunks.ts';
import {
  failTranscription,
  publishTranscription,
  retireTranscription,
  type TranscriptionDependencies,
} from './publish-transcription.ts';
import { recordAnswer } from './record-answer.ts';
import { recordFailure } from './record-failure.ts';
import { recordQuestion } from './record-question.ts';
import { removeExpired } from './remove-expired.ts';

export type ActivityDependencies = GenerateAnswerDependencies &
  EraseDependencies &
  ExpiryDependencies &
  IndexDependencies &
  TranscriptionDependencies & { idempotency: IdempotencyStore; providerFallback: boolean; maxTranscriptTokens: number };

export type Activities = ReturnType<typeof createActivities>;

/** Every activity of the worker, closed over its dependencies. */
export function createActivities(deps: ActivityDependencies, surroundings: Surroundings) {
  return withFailures({
    createSession: createSession(deps),
    beginTurn: beginTurn(deps),
    recordQuestion: recordQuestion(deps),
    gatherContext: gatherContext(deps),
    generateAnswer: generateAnswer(deps, surroundings),
    recordAnswer: recordAnswer(deps),
    recordFailure: recordFailure(deps),
    chunkTranscript: chunkTranscript(deps, surroundings),
    indexChunks: indexChunks(deps),
    verifyChunks: verifyChunks(deps),
    publishTranscription: publishTranscription(deps),
    retireTranscription: retireTranscription(deps),
    failTranscription: failTranscription(deps),
    closeEndUser: closeEndUser(deps),
    eraseSession: eraseSession(deps),
    eraseRecording: eraseRecording(deps),
    eraseEndUser: eraseEndUser(deps),
    removeExpired: removeExpired(deps),
    expiredSessions: expiredSessions(deps),
  });
}

type AnyActivities = Record<string, (input: never) => Promise<unknown>>;

/** Domain errors leave an activity as typed Temporal failures, in this one place. */
function withFailures<T extends AnyActivities>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (input: never) => {
      try {
        return await activity(input);
      } catch (error) {
        throw asFailure(name, error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}

function asFailure(activity: string, error: unknown): unknown {
  if (error instanceof AskError) return toFailure(error);
  if (isCancellation(error) || isAbort(error)) return error;
  // Foreign messages may quote what people said, and a failure's message stands in the history: only the log gets the class.
  log.error('Unexpected failure', { activity, error: error instanceof Error ? error.name : typeof error });
  return toFailure(new AskError('internal_error', `The step ${activity} failed unexpectedly.`));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
