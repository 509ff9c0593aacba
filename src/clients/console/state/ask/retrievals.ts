import type { ApiClient } from '../../../sdk/api-client.ts';
import type { AskResult, Turn, TurnPlace } from '../../../sdk/wire-types.ts';

export type Retrieval = NonNullable<AskResult['retrieval']>;

/** What was in view for each answer, by its turn. Each is asked for once; of the turns that this tab follows it is known. */
export class Retrievals {
  readonly #api: ApiClient;
  readonly #known = new Map<Turn['turn_id'], Promise<Retrieval | null>>();

  constructor(api: ApiClient) {
    this.#api = api;
  }

  learn({ turn_id, retrieval }: AskResult): void {
    this.#known.set(turn_id, Promise.resolve(retrieval));
  }

  /** @returns null for an answer from before this was kept, and where it cannot be read. */
  of(place: TurnPlace): Promise<Retrieval | null> {
    const known = this.#known.get(place.turn_id) ?? this.#read(place);
    this.#known.set(place.turn_id, known);
    return known;
  }

  #read(place: TurnPlace): Promise<Retrieval | null> {
    return this.#api.turn(place).then(
      ({ result }) => result?.retrieval ?? null,
      () => {
        this.#known.delete(place.turn_id);
        return null;
      },
    );
  }
}
