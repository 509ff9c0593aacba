import { log } from '@temporalio/activity';
import { isCancellation } from '@temporalio/workflow';
import { FairQueue } from '../src/domain/access/fair-queue.ts';
import { AskError } from '../src/domain/shared/errors.ts';
import type { IdempotencyStore } from '../src/ports/access/idempotency-store.ts';
import { toFailure } from '../workflows/failures.ts';
import { beginTurn } from './ask/begin-turn.ts';
import { createSession } from './ask/create-session.ts';
import { type ExpiryDependencies, expiredSessions } from './ask/expired-sessions.ts';
import { type GatherContextDependencies, gatherContext } from './ask/gather-context.ts';
import { type GenerateAnswerDependencies, generateAnswer, type Surroundings } from './ask/generate-answer.ts';
import { recordAnswer } from './ask/record-answer.ts';
import { recordFailure } from './ask/record-failure.ts';
import { recordQuestion } from './ask/record-question.ts';
import { inTurn } from './lib/in-turn.ts';
import { chunkTranscript } from './library/chunk-transcript.ts';
import {
  deleteSessionRun,
  type EraseDependencies,
  eraseEndUser,
  eraseRecording,
  eraseSession,
} from './library/erase.ts';
import { type IndexDependencies, indexChunks, verifyChunks } from './library/index-chunks.ts';
import { failTranscription, type PublishDependencies, publishTranscription } from './library/publish-transcription.ts';
import { endDateChanges, findDateChanges, type RedateDependencies, redateChunks } from './library/redate-chunks.ts';
import { type CompareDependencies, compareIndex } from './library/reindex/compare-index.ts';
import {
  abandonRebuild,
  beginRebuild,
  retireBuilds,
  type StateDependencies,
  switchIndex,
} from './library/reindex/index-state.ts';
import { listPassages } from './library/reindex/list-passages.ts';
import { rebuildPassages, verifyPassages } from './library/reindex/rebuild-passages.ts';
import { type RecutDependencies, recutTranscript } from './library/reindex/recut-transcript.ts';
import { trySearches } from './library/reindex/try-searches.ts';
import { removeExpired } from './library/remove-expired.ts';
import { type RetireDependencies, retireTranscription } from './library/retire-transcription.ts';
import { type SweepDependencies, sweepOrphans } from './library/sweep-orphans.ts';

export type ActivityDependencies = GenerateAnswerDependencies &
  EraseDependencies &
  ExpiryDependencies &
  IndexDependencies &
  PublishDependencies &
  RedateDependencies &
  CompareDependencies &
  RecutDependencies &
  StateDependencies &
  RetireDependencies &
  SweepDependencies &
  GatherContextDependencies & { idempotency: IdempotencyStore };

export type Activities = ReturnType<typeof createActivities>;

/** What costs much memory or time in a worker, at once: one project may take half of it. */
const HEAVY = { slots: 2, perOwner: 1 };
/** Erasures go one after another. */
const ERASURES = { slots: 1 };

/** Every activity of the worker, closed over its dependencies. */
export function createActivities(deps: ActivityDependencies, surroundings: Surroundings) {
  const heavy = inTurn(new FairQueue(HEAVY), surroundings);
  const erasing = inTurn(new FairQueue(ERASURES), surroundings);
  return convertErrors({
    createSession: createSession(deps),
    beginTurn: beginTurn(deps),
    recordQuestion: recordQuestion(deps),
    gatherContext: gatherContext(deps),
    generateAnswer: generateAnswer(deps, surroundings),
    recordAnswer: recordAnswer(deps),
    recordFailure: recordFailure(deps),
    chunkTranscript: heavy(chunkTranscript(deps)),
    indexChunks: heavy(indexChunks(deps)),
    verifyChunks: verifyChunks(deps),
    publishTranscription: publishTranscription(deps),
    retireTranscription: heavy(retireTranscription(deps)),
    failTranscription: failTranscription(deps),
    findDateChanges: findDateChanges(deps),
    redateChunks: heavy(redateChunks(deps)),
    endDateChanges: endDateChanges(deps),
    beginRebuild: beginRebuild(deps),
    listPassages: listPassages(deps),
    recutTranscript: heavy(recutTranscript(deps)),
    rebuildPassages: rebuildPassages(deps, surroundings),
    verifyPassages: verifyPassages(deps),
    compareIndex: compareIndex(deps, surroundings),
    trySearches: trySearches(deps, surroundings),
    switchIndex: switchIndex(deps),
    abandonRebuild: abandonRebuild(deps),
    retireBuilds: retireBuilds(deps),
    deleteSessionRun: deleteSessionRun(deps),
    eraseSession: erasing(eraseSession(deps)),
    eraseRecording: erasing(eraseRecording(deps)),
    eraseEndUser: erasing(eraseEndUser(deps)),
    removeExpired: removeExpired(deps),
    sweepOrphans: sweepOrphans(deps, surroundings),
    expiredSessions: expiredSessions(deps),
  });
}

type AnyActivities = Record<string, (input: never) => Promise<unknown>>;

/** Domain errors leave an activity as typed Temporal failures, in this one place. */
function convertErrors<T extends AnyActivities>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (input: never) => {
      try {
        return await activity(input);
      } catch (error) {
        throw toActivityFailure(name, error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}

function toActivityFailure(activity: string, error: unknown): unknown {
  if (error instanceof AskError) return toFailure(error);
  if (isCancellation(error) || isAbort(error)) return error;
  // Foreign messages may quote what people said, and a failure's message stands in the history: only the log gets the class.
  log.error('Unexpected failure', { activity, error: error instanceof Error ? error.name : typeof error });
  return toFailure(new AskError('internal_error', `The step ${activity} failed unexpectedly.`));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
