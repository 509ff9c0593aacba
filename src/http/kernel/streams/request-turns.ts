import { setTimeout as sleep, setImmediate as yieldToOthers } from 'node:timers/promises';
import { FairQueue, QueueFull } from '../../../domain/access/fair-queue.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import type { Route } from '../lib/route.ts';
import { createCompany } from './company.ts';

/** How requests of one owner are let in. */
export interface TurnLimits {
  /** So many are worked on at once. Each takes tens of milliseconds of the database that all share. */
  atOnce: number;
  /** The same while no other project uses the process: enough to use all of it, and few enough for another one to come in soon. */
  atOnceAlone: number;
  /** One that takes longer than this, in ms, waits for somebody else, and gives up its place. */
  longestMs: number;
  /** For as long as the process was busy meanwhile, but no longer than this, in ms, its place stays empty for others. */
  longestRestMs: number;
  /** So many may wait; each holds a connection. */
  mostWaiting: number;
}

const LIMITS = {
  /** A few small reads and an insert. */
  admission: { atOnce: 3, atOnceAlone: 16, longestMs: 2_000, longestRestMs: 0, mostWaiting: 500 },
  short: { atOnce: 2, atOnceAlone: 16, longestMs: 2_000, longestRestMs: 1_000, mostWaiting: 500 },
  /** Most of the time others work on it: a model, the index, a run. */
  waiting: { atOnce: 2, atOnceAlone: 32, longestMs: 400, longestRestMs: 0, mostWaiting: 500 },
} satisfies Record<string, TurnLimits>;
/** Below these, in ms, a request has done hardly any work, at once or at all. */
const SHORT_MS = 5;
const NO_WORK_MS = 20;

/** Does a request's work when it is its owner's turn. @throws AskError `queue_full` */
export type InTurn = <T>(owner: string, work: () => Promise<T>) => Promise<T>;

export interface RequestTurns {
  /** The owner is a key, whose project is looked up. */
  admission: InTurn;
  /** The owner is a project. */
  short: InTurn;
  waiting: InTurn;
}

/** Lets the requests of each owner in one after another, so that a client who sends hundreds at once waits for them alone. */
export function createRequestTurns(): RequestTurns {
  const projects = createCompany();
  const gate = createGate(projects.areSeveral);
  const among = (limits: TurnLimits) => inTurn(limits, { gate, areSeveral: projects.areSeveral });
  const noted =
    (turn: InTurn): InTurn =>
    (project, work) => {
      projects.note(project);
      return turn(project, work);
    };
  return {
    admission: among(LIMITS.admission),
    short: noted(among(LIMITS.short)),
    waiting: noted(among(LIMITS.waiting)),
  };
}

/** What is posted or deleted may wait for a model, the index or a run; what is read or changed waits for the database alone. */
export function mayWait({ method }: Pick<Route, 'method'>): boolean {
  return method === 'POST' || method === 'DELETE';
}

/**
 * Lets the requests of an owner begin one after another, each when what the last one did at once is done, and as much time again
 * is over: to read a body takes up to 30 ms in which nobody is heard.
 */
type Gate = (owner: string) => Promise<void>;

export function createGate(areSeveral: () => boolean): Gate {
  const queue = new FairQueue({ slots: Number.POSITIVE_INFINITY, perOwner: 1 });
  return (owner) =>
    new Promise((pass, fail) => {
      const begin = async () => {
        pass();
        const beginMs = performance.now();
        await yieldToOthers();
        const tookMs = performance.now() - beginMs;
        if (tookMs > SHORT_MS && areSeveral()) await sleep(tookMs);
      };
      queue.run(owner, begin).catch(fail);
    });
}

interface Surroundings {
  areSeveral: () => boolean;
  gate?: Gate;
}

export function inTurn(limits: TurnLimits, { areSeveral, gate = createGate(areSeveral) }: Surroundings): InTurn {
  const { atOnce, atOnceAlone, longestMs, longestRestMs, mostWaiting } = limits;
  const queue = new FairQueue({
    slots: Number.POSITIVE_INFINITY,
    perOwner: () => (areSeveral() ? atOnce : atOnceAlone),
    maxWaiting: mostWaiting,
  });
  return (owner, work) =>
    new Promise((resolve, reject) => {
      const begin = async () => {
        await gate(owner);
        const before = performance.eventLoopUtilization();
        const result = work();
        resolve(result);
        const over = new AbortController();
        const late = sleep(longestMs, undefined, { signal: over.signal });
        await Promise.race([result, late]).catch(() => undefined);
        over.abort();
        // Only what kept the process busy: a database that is far away takes nothing from others.
        const { active: busyMs } = performance.eventLoopUtilization(before);
        if (busyMs > NO_WORK_MS && areSeveral()) await sleep(Math.min(busyMs, longestRestMs));
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
