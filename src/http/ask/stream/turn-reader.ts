import { isFinished } from '../../../domain/ask/turn.ts';
import type { Source } from '../../../domain/library/source.ts';
import type { TurnState } from '../../../ports/ask/session-gateway.ts';
import type { FeedBatch, TurnFeed } from '../../../ports/ask/turn-feed.ts';
import type { TurnEvent, TurnToRead } from '../../../ports/ask/turn-subscription.ts';
import type { TranscriptStore } from '../../../ports/library/library-store.ts';
import { sourceOf, sourcesOf } from '../../../use-cases/library/find-passages.ts';
import { withTurnIds } from '../presenters/with-turn-ids.ts';
import type { ReadingPace } from './reading-pace.ts';
import { shownSources } from './shown-sources.ts';
import { failedEvent } from './turn-event.ts';
import { TurnEventLog } from './turn-event-log.ts';

/** What a reader reads from. */
export interface TurnReads {
  feed: Pick<TurnFeed, 'read'>;
  transcripts: Pick<TranscriptStore, 'chunks'>;
}

/** Follows a turn step by step. A failed step can be repeated. */
export class TurnReader {
  readonly #deps: TurnReads;
  readonly #turn: TurnToRead;
  readonly #pace: ReadingPace;
  readonly #log = new TurnEventLog();
  #place = 0;
  #sawLast = false;
  #looks = 0;
  #nextLook = 0;
  #lastBatch = performance.now();
  #isQueued = false;
  #over = false;
  #appendedScore = 0;

  constructor(deps: TurnReads, turn: TurnToRead, pace: ReadingPace) {
    this.#deps = deps;
    this.#turn = turn;
    this.#pace = pace;
  }

  get over(): boolean {
    return this.#over;
  }

  /** How long nothing new is to be expected, in milliseconds. */
  get pauseMs(): number {
    const now = performance.now();
    const read = this.#pace.readPause(this.#turn.tenant, now - this.#lastBatch);
    return this.#isQueued ? Math.max(read, this.#nextLook - now) : read;
  }

  /** Nothing more will come. */
  end(): void {
    this.#over = true;
  }

  /** The events since the last step. */
  async step(): Promise<TurnEvent[]> {
    const published = this.#isQueued ? null : await this.#nextBatch();
    if (published !== null) return published;
    if (performance.now() < this.#nextLook) return [];
    const state = await this.#turn.loadState();
    this.#nextLook = performance.now() + (this.#sawLast ? 0 : this.#pace.lookPause(this.#turn.tenant));
    // A turn that has just been sent is queued for a moment; one that still is at the second look waits for another turn.
    this.#isQueued = ++this.#looks > 1 && state.turn.status === 'queued';
    return isFinished(state.turn.status) ? this.#ending(state) : [];
  }

  async #nextBatch(): Promise<TurnEvent[] | null> {
    const { tenant, turnId } = this.#turn;
    const batch = await this.#deps.feed.read(tenant, turnId, this.#place);
    if (batch === null) return null;
    // The sources always come first, so that every event keeps its number.
    const sources = this.#log.knowsSources ? [] : await this.#sources();
    if (sources === null) return null;
    this.#place++;
    this.#lastBatch = performance.now();
    this.#sawLast = batch.last;
    if (batch.last) this.#nextLook = 0;
    return [...this.#log.sources(sources), ...(await this.#pieces(batch))];
  }

  async #pieces(batch: FeedBatch): Promise<TurnEvent[]> {
    const unknown = this.#log.unknownChunks(batch.pieces);
    const { transcripts } = this.#deps;
    const chunks = unknown.length === 0 ? [] : await transcripts.chunks(this.#turn.tenant, [...new Set(unknown)]);
    return [
      ...this.#log.batch(
        batch,
        chunks.map((chunk) => sourceOf(chunk, this.#appendedScore)),
      ),
    ];
  }

  /** The sources of the answer; null while they are not known. */
  async #sources(): Promise<readonly Source[] | null> {
    const { turn, result, context } = await this.#turn.loadState();
    const isWhole =
      context?.kind === 'scope' ? context.method === 'whole' : result?.message.retrieval?.method === 'whole';
    // What no search ranked has the score 0, and 1 where all of the scope is shown.
    this.#appendedScore = isWhole ? 1 : 0;
    if (context !== null) return sourcesOf(this.#deps.transcripts, this.#turn.tenant, context);
    if (result !== null) return shownSources(result);
    return isFinished(turn.status) ? [] : null;
  }

  async #ending({ turn, result }: TurnState): Promise<TurnEvent[]> {
    const events: TurnEvent[] = [];
    this.#appendedScore = result?.message.retrieval?.method === 'whole' ? 1 : 0;
    const { tenant, turnId } = this.#turn;
    const next = () => this.#deps.feed.read(tenant, turnId, this.#place);
    for (let batch = await next(); batch !== null; batch = await next()) {
      events.push(...this.#log.sources(result === null ? [] : shownSources(result)), ...(await this.#pieces(batch)));
      this.#place++;
    }
    if (result !== null) events.push(...this.#log.completed(result));
    else if (turn.error !== null) events.push(failedEvent(withTurnIds(turn, turn.error)));
    this.#over = true;
    return events;
  }
}
