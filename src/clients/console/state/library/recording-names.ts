import type { ApiClient } from '../../../sdk/api-client.ts';
import type { Recording, RecordingId } from '../../../sdk/wire-types.ts';

/** From this many unknown names on, a page of the newest recordings is read first, because the service limits requests a minute. */
const MANY = 4;

/** Names of recordings by id, each asked for once. */
export class RecordingNames {
  readonly #api: ApiClient;
  readonly #names = new Map<RecordingId, Promise<string>>();
  #waiting: { id: RecordingId; resolve: (name: string | Promise<string>) => void }[] = [];

  constructor(api: ApiClient) {
    this.#api = api;
  }

  of(id: RecordingId): Promise<string> {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const { promise, resolve } = Promise.withResolvers<string>();
    if (this.#waiting.length === 0) setTimeout(() => void this.#ask());
    this.#waiting.push({ id, resolve });
    this.#names.set(id, promise);
    return promise;
  }

  /** Takes names that were read anyway, also new ones. */
  learn(recordings: readonly Recording[]): void {
    for (const recording of recordings) this.#names.set(recording.id, Promise.resolve(nameOf(recording)));
  }

  /** All names that a view wants are asked for together. */
  async #ask(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const newest = waiting.length < MANY ? [] : await this.#newest();
    for (const { id, resolve } of waiting) {
      const found = newest.find((recording) => recording.id === id);
      resolve(found === undefined ? this.#api.recording(id).then(nameOf, () => id) : nameOf(found));
    }
  }

  async #newest(): Promise<Recording[]> {
    return this.#api.recordings('limit=100').then(
      ({ data }) => data,
      () => [],
    );
  }
}

export function nameOf({ name, id }: Pick<Recording, 'id' | 'name'>): string {
  return name ?? id;
}
