import { setTimeout as sleep } from 'node:timers/promises';
import { AskError } from '../../../domain/shared/errors.ts';
import type { TurnEvent, TurnToRead } from '../../../ports/ask/turn-subscription.ts';
import type { ReadingPace } from './reading-pace.ts';
import { failedEvent, startedEvent } from './turn-event.ts';
import { TurnReader, type TurnReads } from './turn-reader.ts';

const AWAY_PAUSE_MS = 1_000;
/** How often a subscriber is told that there is nothing new; a closed one is noticed then. */
const NOTHING_NEW_MS = 1_000;

/**
 * The events of a turn while it runs. Every subscriber gets the same events in the same order, from any process and at any
 * time, so an event's place is its number. It reads as long as somebody subscribes, and waits for a dependency that is away.
 */
export class SharedTurnReader {
  readonly #reader: TurnReader;
  readonly #turn: TurnToRead;
  readonly #pace: ReadingPace;
  readonly #onEnd: () => void;
  readonly #events: TurnEvent[];
  #subscribers = 0;
  #reading: Promise<void> | null = null;
  #over = false;
  #failure: unknown = null;
  #change = Promise.withResolvers<void>();

  /** @param onEnd called when it has read its last, because the turn or the last subscription ended */
  constructor(deps: TurnReads, turn: TurnToRead, pace: ReadingPace, onEnd: () => void = () => undefined) {
    this.#reader = new TurnReader(deps, turn, pace);
    this.#turn = turn;
    this.#pace = pace;
    this.#onEnd = onEnd;
    this.#events = [startedEvent(turn.sessionId, turn.turnId)];
  }

  async *subscribe(): AsyncGenerator<TurnEvent | null> {
    this.#subscribers++;
    this.#reading ??= this.#read();
    try {
      for (let place = 0; ; ) {
        for (; place < this.#events.length; place++) yield this.#events[place] ?? null;
        if (this.#failure !== null) throw this.#failure;
        if (this.#over) return;
        yield null;
        if (place === this.#events.length && !this.#over) await this.#somethingNew();
      }
    } finally {
      this.#subscribers--;
    }
  }

  async #somethingNew(): Promise<void> {
    const stop = new AbortController();
    const pause = sleep(NOTHING_NEW_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([this.#change.promise, pause]);
    stop.abort();
  }

  async #read(): Promise<void> {
    const leave = this.#pace.enter(this.#turn.tenant);
    try {
      while (!this.#reader.over && this.#subscribers > 0) {
        const pause = await this.#step();
        if (pause > 0) await sleep(pause);
      }
    } catch (error) {
      this.#failure = error;
    }
    this.#over = true;
    leave();
    this.#onEnd();
    this.#change.resolve();
  }

  /** @returns how long to wait before the next step, in milliseconds */
  async #step(): Promise<number> {
    try {
      const events = await this.#reader.step();
      this.#tell(events);
      return events.length > 0 ? 0 : this.#reader.pauseMs;
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      if (error.kind === 'unavailable') return AWAY_PAUSE_MS;
      // The responses have begun: only an event can still say that the session was deleted meanwhile.
      this.#tell([failedEvent({ kind: error.kind, message: error.message })]);
      this.#reader.end();
      return 0;
    }
  }

  #tell(events: readonly TurnEvent[]): void {
    if (events.length === 0) return;
    this.#events.push(...events);
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }
}
