import type { Tenant } from '../../../domain/access/tenant.ts';
import { isFinished } from '../../../domain/ask/turn.ts';
import type { Source } from '../../../domain/library/source.ts';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import type { TurnState } from '../../../ports/ask/session-gateway.ts';
import { sourcesOf } from '../../../use-cases/library/find-passages.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { withTurnIds } from '../presenters/with-turn-ids.ts';
import { failedEvent, type TurnEvent } from './turn-event.ts';
import { TurnEventLog } from './turn-event-log.ts';

/** How often the state of a silent turn is loaded. */
const LOOK_MS = 1_000;

/** Loads how far the turn is now. */
export type LoadTurnState = () => Promise<TurnState>;

export interface TurnToRead {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  loadState: LoadTurnState;
}

type Reads = Pick<Dependencies, 'feed' | 'transcripts'>;

/** Follows a turn step by step. A failed step can be repeated. */
export class TurnReader {
  readonly #deps: Reads;
  readonly #turn: TurnToRead;
  readonly #log = new TurnEventLog();
  #place = 0;
  #sawLast = false;
  #nextLook = 0;
  #over = false;

  constructor(deps: Reads, turn: TurnToRead) {
    this.#deps = deps;
    this.#turn = turn;
  }

  get over(): boolean {
    return this.#over;
  }

  /** The events since the last step. */
  async step(): Promise<TurnEvent[]> {
    const published = await this.#nextBatch();
    if (published !== null) return published;
    if (performance.now() < this.#nextLook) return [];
    const state = await this.#turn.loadState();
    this.#nextLook = performance.now() + (this.#sawLast ? 0 : LOOK_MS);
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
    this.#sawLast = batch.last;
    if (batch.last) this.#nextLook = 0;
    return [...this.#log.sources(sources), ...this.#log.batch(batch)];
  }

  /** The sources of the answer; null while they are not known. */
  async #sources(): Promise<readonly Source[] | null> {
    const { turn, result, context } = await this.#turn.loadState();
    if (context !== null) return sourcesOf(this.#deps.transcripts, this.#turn.tenant, context);
    return result?.message.sources ?? (isFinished(turn.status) ? [] : null);
  }

  async #ending({ turn, result }: TurnState): Promise<TurnEvent[]> {
    const events: TurnEvent[] = [];
    const { tenant, turnId } = this.#turn;
    const next = () => this.#deps.feed.read(tenant, turnId, this.#place);
    for (let batch = await next(); batch !== null; batch = await next()) {
      events.push(...this.#log.sources(result?.message.sources ?? []), ...this.#log.batch(batch));
      this.#place++;
    }
    if (result !== null) events.push(...this.#log.completed(result));
    else if (turn.error !== null) events.push(failedEvent(withTurnIds(turn, turn.error)));
    this.#over = true;
    return events;
  }
}
