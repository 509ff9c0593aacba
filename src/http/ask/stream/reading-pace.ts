import type { Tenant } from '../../../domain/access/tenant.ts';

/** How often a reader looks for new words: well under what a person notices. */
const READ_MS = 30;
/** After this long without a word, it looks less often. */
const QUIET_AFTER_MS = 3_000;
const QUIET_READ_MS = 100;
/** How often it asks how far the turn is. */
const LOOK_MS = 1_000;
/** Looks and reads of one project a second, however many turns it follows: others use the same database. */
const READS_PER_SECOND = 200;
const LOOKS_PER_SECOND = 30;

/** How often the readers of a process look, so that one project with many of them does not slow down another one. */
export class ReadingPace {
  readonly #readers = new Map<string, number>();

  /** Counts a reader of the tenant's project until it is left. @returns how to leave; once. */
  enter({ projectId }: Tenant): () => void {
    this.#readers.set(projectId, this.#count(projectId) + 1);
    return () => {
      const left = this.#count(projectId) - 1;
      if (left > 0) this.#readers.set(projectId, left);
      else this.#readers.delete(projectId);
    };
  }

  /** The pause between two reads of the feed, in milliseconds. @param quietMs since the last batch */
  readPause({ projectId }: Tenant, quietMs: number): number {
    const wanted = quietMs > QUIET_AFTER_MS ? QUIET_READ_MS : READ_MS;
    return Math.max(wanted, (this.#count(projectId) * 1_000) / READS_PER_SECOND);
  }

  /** The pause between two looks at the state of a turn, in milliseconds. */
  lookPause({ projectId }: Tenant): number {
    return Math.max(LOOK_MS, (this.#count(projectId) * 1_000) / LOOKS_PER_SECOND);
  }

  #count(projectId: string): number {
    return this.#readers.get(projectId) ?? 0;
  }
}
