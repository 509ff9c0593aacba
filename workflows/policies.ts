import { type ActivityOptions, type LocalActivityOptions, workflowInfo } from '@temporalio/workflow';
import type { SessionSettings } from './contract.ts';

/** Every timeout and retry policy of the workflows, each with its reason. */

/** A database step of a turn, run inside the workflow task: no extra events, and back in milliseconds. */
export const QUICK_STEP: LocalActivityOptions = {
  startToCloseTimeout: '3s',
  // Short: a step that takes longer goes on as a durable activity, whose waiting costs no workflow task.
  scheduleToCloseTimeout: '4s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumAttempts: 3 },
};

/** The same step while its dependency is away: every attempt is visible to operators. */
export const DURABLE_STEP: ActivityOptions = {
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
};

/** Finding what an answer rests on: while that is away, a client is better off with a prompt 503, and repeats its question. */
export const DURABLE_CONTEXT: ActivityOptions = {
  ...DURABLE_STEP,
  scheduleToCloseTimeout: '2s',
};

/** Storing an answer that was paid for: worth waiting for longer than any client does. */
export const DURABLE_ANSWER: ActivityOptions = {
  ...DURABLE_STEP,
  scheduleToCloseTimeout: '24h',
};

/** While another provider may still be asked, the first one gets this many attempts. */
const ATTEMPTS_BEFORE_FALLBACK = 2;

/** One model call: an attempt is one provider request, and all attempts together stay within what is left of the turn's budget. */
export function modelCall(
  settings: SessionSettings['model'],
  options: { remainingMs: number; fallbackLeft: boolean; summary: string },
): ActivityOptions {
  return {
    summary: options.summary,
    // The SDK's own timeout fires first and names the cause; this one catches a stuck process.
    startToCloseTimeout: settings.timeoutMs + 5_000,
    scheduleToCloseTimeout: Math.max(options.remainingMs, 1),
    // A dead worker is noticed in seconds instead of after a whole attempt.
    heartbeatTimeout: '5s',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '30s',
      maximumAttempts: options.fallbackLeft
        ? Math.min(ATTEMPTS_BEFORE_FALLBACK, settings.maxAttempts)
        : settings.maxAttempts,
    },
  };
}

/** One attempt: what a run cannot delete from within is deleted from outside. */
export const DELETION_FROM_WITHIN: LocalActivityOptions = {
  startToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
};

/** Steps of indexing and erasure: nobody waits at the other end of an HTTP request, and they must finish. */
export const LIBRARY_STEP: ActivityOptions = {
  startToCloseTimeout: '2m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
};

/** A few database calls, after which a recording can be asked: a worker that died in it is noticed soon. */
export const PUBLISH_STEP: ActivityOptions = { ...LIBRARY_STEP, startToCloseTimeout: '20s' };

/**
 * Steps that wait in the worker until it is their project's turn: the largest transcript is a minute's work. Heartbeats tell
 * of a worker that died.
 */
export const HEAVY_STEP: ActivityOptions = {
  ...LIBRARY_STEP,
  startToCloseTimeout: '30m',
  heartbeatTimeout: '30s',
};

/** Steps of an erasure end after a while with their reason, which the workflow shows before it tries them again. */
export const ERASE_STEP: ActivityOptions = {
  ...HEAVY_STEP,
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '3m',
  retry: { ...LIBRARY_STEP.retry, maximumInterval: '15s' },
};

/** Reads every collection once. The next hour's sweep sees what this one could not. */
export const SWEEP_STEP: ActivityOptions = {
  startToCloseTimeout: '30m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1m', maximumAttempts: 3 },
};

/** An index that serves a passage a little later is normal; one that does not after this long has lost it. */
export const VERIFY_STEP: ActivityOptions = {
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '1s', backoffCoefficient: 1.5, maximumInterval: '15s' },
};

/** A local index embeds what it is sent at its own pace, and serves it only then. */
export const REBUILD_STEP: ActivityOptions = {
  ...VERIFY_STEP,
  scheduleToCloseTimeout: '2h',
};

/** An index that is away when it is to be removed may come back. */
export const REMOVAL_STEP: ActivityOptions = {
  ...LIBRARY_STEP,
  startToCloseTimeout: '30m',
  scheduleToCloseTimeout: '24h',
};

/** What is left of a rebuild that failed is removed with the next one, where it cannot be removed at once. */
export const CLEAN_UP_STEP: ActivityOptions = { ...REMOVAL_STEP, scheduleToCloseTimeout: '2m' };

/** Runs that may last for hours go on with the current version of the workers. A worker without versions must not say so. */
export function currentVersion(): { versioningBehavior?: 'AUTO_UPGRADE' } {
  return workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'AUTO_UPGRADE' } : {};
}
