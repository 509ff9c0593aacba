import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type Program, startChild } from './child.ts';
import { lastLines } from './log-tail.ts';

/** A child that is kept running. */
export interface Service extends Program {
  /** How long one start may take until it is ready. */
  readyWithinMs: number;
  /** Resolves once the child is ready. Rejects when it cannot become ready, or when `signal` is aborted. */
  ready(child: Child, signal: AbortSignal): Promise<void>;
}

export interface SupervisorEvents {
  /** A line about a child, for the terminal. */
  onEvent(line: string): void;
}

/** The wait before each new start. A child that has never been ready and ends more often than this list is long fails its start. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000];
/** The wait between starts of a child that was ready before and keeps ending. The others go on without it. */
const LONG_PAUSE_MS = 30_000;
/** After a child has run this long, its earlier ends no longer count. */
const STEADY_MS = 60_000;

/** Keeps children running until it is told to stop. */
export class Supervisor {
  readonly #events: SupervisorEvents;
  readonly #pauses: readonly number[];
  readonly #longPause: number;
  readonly #running = new Map<string, Child>();
  readonly #stop = new AbortController();

  /**
   * @param pauses the waits before each new start, in milliseconds
   * @param longPause the wait after those
   */
  constructor(events: SupervisorEvents, pauses: readonly number[] = PAUSES_MS, longPause = LONG_PAUSE_MS) {
    this.#events = events;
    this.#pauses = pauses;
    this.#longPause = longPause;
  }

  /**
   * Starts a service and keeps it running from then on.
   * @throws when it does not become ready, with the last lines of its log
   */
  async start(service: Service): Promise<void> {
    const child = await this.#startOnce(service, 0, (attempt) => this.#pauseOfStart(service, attempt));
    void this.#keep(service, child);
  }

  /** The process id of a service that runs; undefined between its end and its next start. */
  pidOf(name: string): number | undefined {
    return this.#running.get(name)?.pid;
  }

  /** Stops the named services, one group after another, and then all others. Services of a group stop at the same time. */
  async stop(groups: readonly (readonly string[])[]): Promise<void> {
    this.#stop.abort();
    for (const group of [...groups, [...this.#running.keys()]]) {
      await Promise.all(group.map((name) => this.#running.get(name)?.stop()));
    }
  }

  get #stopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #keep(service: Service, first: Child): Promise<void> {
    let child = first;
    let ends = 0;
    for (;;) {
      const since = Date.now();
      const how = await child.exited;
      if (this.#stopping) return;
      ends = Date.now() - since > STEADY_MS ? 1 : ends + 1;
      this.#events.onEvent(`${service.name} ended (${how}); starting it again`);
      try {
        child = await this.#startOnce(service, ends, (attempt) => this.#pauseOfRestart(service, attempt));
      } catch (error) {
        if (this.#stopping) return;
        // Nothing but the end of the stack ends the starts of what has come up once.
        this.#events.onEvent(`${service.name} could not be started${reasonIn(error)}`);
        continue;
      }
      this.#events.onEvent(`${service.name} is ready again`);
    }
  }

  /** Starts a service until it is ready. `ends` counts how often in a row it has ended before. */
  async #startOnce(service: Service, ends: number, pauseOf: (attempt: number) => Promise<number>): Promise<Child> {
    for (let attempt = ends; ; attempt++) {
      if (attempt > 0) await sleep(await pauseOf(attempt), undefined, { signal: this.#stop.signal });
      if (this.#stopping) throw new Error('stopping');
      const child = await startChild(service);
      this.#running.set(service.name, child);
      void child.exited.then(() => {
        if (this.#running.get(service.name) === child) this.#running.delete(service.name);
      });
      const failure = this.#stopping ? 'stopping' : await becomesReady(service, child);
      if (failure === null) return child;
      await child.stop();
      if (this.#stopping) throw new Error('stopping');
      this.#events.onEvent(`${service.name} is not ready: ${failure}`);
    }
  }

  async #pauseOfStart(service: Service, attempt: number): Promise<number> {
    const pause = this.#pauses[attempt - 1];
    if (pause === undefined) throw new Error(await this.#keepsEnding(service));
    return pause;
  }

  async #pauseOfRestart(service: Service, attempt: number): Promise<number> {
    if (attempt === this.#pauses.length + 1) {
      const often = `It is started again every ${this.#longPause / 1_000} s; the others go on without it.`;
      this.#events.onEvent(`${await this.#keepsEnding(service)}\n${often}`);
    }
    return this.#pauses[attempt - 1] ?? this.#longPause;
  }

  async #keepsEnding({ name, logFile }: Service): Promise<string> {
    return `${name} keeps ending. The last lines of ${logFile}:\n${await lastLines(logFile)}`;
  }
}

/** @returns null when it became ready, else the reason. */
async function becomesReady(service: Service, child: Child): Promise<string | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), service.readyWithinMs);
  const ready = service.ready(child, abort.signal).then(
    () => null,
    (error: unknown) => `no answer within ${service.readyWithinMs / 1_000} s${reasonIn(error)}`,
  );
  const result = await Promise.race([ready, child.exited]);
  clearTimeout(timer);
  abort.abort();
  return result;
}

function reasonIn(error: unknown): string {
  return error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
}
