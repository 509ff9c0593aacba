import { setTimeout as sleep, setImmediate as yieldToOthers } from 'node:timers/promises';
import { FairQueue, QueueFull } from '../../../domain/access/fair-queue.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { Route } from '../lib/route.ts';
import { startsRun, streamKindOf } from './open-slots.ts';

/** How requests of one owner are let in. */
export interface TurnLimits {
  /** So many are worked on at once. Each takes tens of milliseconds of the database that all share. */
  atOnce: number;
  /** One that takes longer than this, in ms, waits for somebody else, and gives up its place. */
  longestMs: number;
  /** So many may wait; each holds a connection. */
  mostWaiting: number;
}

const LIMITS = {
  short: { atOnce: 4, longestMs: 2_000, mostWaiting: 500 },
  /** A question waits for its model, an import and a deletion for their run. */
  waiting: { atOnce: 8, longestMs: 1_000, mostWaiting: 500 },
} satisfies Record<string, TurnLimits>;

/** Does a request's work when it is its owner's turn. @throws AskError `queue_full` */
export type InTurn = <T>(owner: string, work: () => Promise<T>) => Promise<T>;

/** Lets the requests of each owner in one after another, so that a client who sends hundreds at once waits for them alone. */
export function createRequestTurns(): { short: InTurn; waiting: InTurn } {
  const gate = createGate();
  return { short: inTurn(LIMITS.short, gate), waiting: inTurn(LIMITS.waiting, gate) };
}

/** Whether the work on a request of this route may wait for long. */
export function mayWait(route: Route): boolean {
  return startsRun(route) || streamKindOf(route, true) === 'events';
}

/** Passes one request in each round of the event loop, owners in turn: to read a body takes up to 30 ms in which nobody is heard. */
type Gate = (owner: string) => Promise<void>;

export function createGate(): Gate {
  const queue = new FairQueue();
  return (owner) => queue.run(owner, async () => yieldToOthers());
}

export function inTurn({ atOnce, longestMs, mostWaiting }: TurnLimits, gate = createGate()): InTurn {
  const queue = new FairQueue({ slots: Number.POSITIVE_INFINITY, perOwner: atOnce, maxWaiting: mostWaiting });
  return (owner, work) =>
    new Promise((resolve, reject) => {
      const begin = async () => {
        await gate(owner);
        const result = work();
        resolve(result);
        const over = new AbortController();
        const late = sleep(longestMs, undefined, { signal: over.signal });
        await Promise.race([result, late]).catch(() => undefined);
        over.abort();
      };
      queue
        .run(owner, begin)
        .catch((error: unknown) => reject(error instanceof QueueFull ? tooMany(mostWaiting) : error));
    });
}

function tooMany(limit: number): AskError {
  return new AskError('queue_full', `${limit} requests of this project wait already. Send fewer at once.`, {
    retryAfterMs: 1_000,
  });
}
