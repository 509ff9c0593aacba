import type { ApiClient } from '../../../sdk/api-client.ts';
import type { Recording, RecordingId } from '../../../sdk/wire-types.ts';

/** Names of recordings by id, each asked for once. */
export class RecordingNames {
  readonly #api: ApiClient;
  readonly #names = new Map<RecordingId, Promise<string>>();

  constructor(api: ApiClient) {
    this.#api = api;
  }

  of(id: RecordingId): Promise<string> {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const name = this.#api.recording(id).then(nameOf, () => id);
    this.#names.set(id, name);
    return name;
  }
}

export function nameOf({ name, id }: Pick<Recording, 'id' | 'name'>): string {
  return name ?? id;
}
