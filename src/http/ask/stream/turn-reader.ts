import type { Tenant } from '../../../domain/access/tenant.ts';
import { isFinished } from '../../../domain/ask/turn.ts';
import type { Source } from '../../../domain/library/source.ts';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import { sourcesOf } from '../../../use-cases/find-passages.ts';
import type { StandingTurn } from '../../../use-cases/turn-state.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { turnFailure } from '../../kernel/lib/turn-failure.ts';
import { failed, type TurnEvent } from './events.ts';
import { Story } from './turn-event-log.ts';

/** How often a turn of which nothing comes is asked after. */
const LOOK_MS = 1_000;

/** Where the turn stands now. */
export type Look = () => Promise<StandingTurn>;

export interface Followed {
  tenant: Tenant;
  sessionId: SessionId;
  turnId: TurnId;
  look: Look;
}

type Reads = Pick<Dependencies, 'feed' | 'transcripts'>;

/** Follows a turn step by step. A step that failed can be taken again. */
export class Follower {
  readonly #deps: Reads;
  readonly #followed: Followed;
  readonly #story = new Story();
  #place = 0;
  #saidAll = false;
  #nextLook = 0;
  #over = false;

  constructor(deps: Reads, followed: Followed) {
    this.#deps = deps;
    this.#followed = followed;
  }

  get over(): boolean {
    return this.#over;
  }

  /** What came since the last step. */
  async step(): Promise<TurnEvent[]> {
    const published = await this.#nextBatch();
    if (published !== null) return published;
    if (performance.now() < this.#nextLook) return [];
    const standing = await this.#followed.look();
    this.#nextLook = performance.now() + (this.#saidAll ? 0 : LOOK_MS);
    return isFinished(standing.turn.status) ? this.#ending(standing) : [];
  }

  async #nextBatch(): Promise<TurnEvent[] | null> {
    const { tenant, turnId } = this.#followed;
    const batch = await this.#deps.feed.read(tenant, turnId, this.#place);
    if (batch === null) return null;
    // They come first, always, so that every event keeps its number.
    const sources = this.#story.knowsSources ? [] : await this.#sources();
    if (sources === null) return null;
    this.#place++;
    this.#saidAll = batch.last;
    if (batch.last) this.#nextLook = 0;
    return [...this.#story.sources(sources), ...this.#story.batch(batch)];
  }

  /** What the answer rests on; null while nobody says. */
  async #sources(): Promise<readonly Source[] | null> {
    const { turn, result, context } = await this.#followed.look();
    if (context !== null) return sourcesOf(this.#deps.transcripts, this.#followed.tenant, context);
    return result?.message.sources ?? (isFinished(turn.status) ? [] : null);
  }

  async #ending({ turn, result }: StandingTurn): Promise<TurnEvent[]> {
    const events: TurnEvent[] = [];
    const { tenant, turnId } = this.#followed;
    const next = () => this.#deps.feed.read(tenant, turnId, this.#place);
    for (let batch = await next(); batch !== null; batch = await next()) {
      events.push(...this.#story.sources(result?.message.sources ?? []), ...this.#story.batch(batch));
      this.#place++;
    }
    if (result !== null) events.push(...this.#story.completed(result));
    else if (turn.error !== null) events.push(failed(turnFailure(turn, turn.error)));
    this.#over = true;
    return events;
  }
}
