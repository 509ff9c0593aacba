import { Columns } from './columns.ts';
import type { Filter } from './pinecone/filter.ts';
import type { BodyReader, SearchIndex } from './search/text-model.ts';
import type { Metadata, ReadRow, RecordStore } from './store/record-store.ts';

/** A record that was found, by its row in the store. */
export interface FoundRecord {
  row: number;
  score: number;
}

/** What a search needs of one namespace, in memory. Ids, metadata and texts stay in the store. */
export class Namespace {
  readonly #index: SearchIndex;
  readonly #columns: Columns;
  /** The rows in the store, in ascending order; the position of a row is its place in the index. */
  readonly #rows: number[] = [];
  /** The places of deleted records. */
  readonly #gone = new Set<number>();

  /** @param createIndex makes the index that searches its texts */
  constructor(store: RecordStore, id: number, createIndex: (readBodies: BodyReader) => SearchIndex) {
    this.#index = createIndex((places) => {
      const rows = places.map((place) => this.#rows[place] ?? 0);
      const bodies = store.bodiesOf(rows);
      return rows.map((row) => bodies.get(row) ?? null);
    });
    this.#columns = new Columns((each) => {
      for (const { row, metadata } of store.metadataOf(id))
        for (const place of this.#placesOf([row])) each(place, metadata);
    });
    for (const { row, digest } of store.digestsOf(id)) this.#append(row, digest);
  }

  add({ row, digest, metadata }: ReadRow): void {
    this.#columns.set(this.#append(row, digest), metadata);
  }

  remove(rows: readonly number[]): void {
    for (const place of this.#placesOf(rows)) this.#gone.add(place);
  }

  setMetadata(row: number, metadata: Metadata): void {
    for (const place of this.#placesOf([row])) this.#columns.set(place, metadata);
  }

  async search(text: string, limit: number, filter: Filter | undefined): Promise<FoundRecord[]> {
    const found = await this.#index.search(text, { limit, accepted: () => this.#accepted(filter) });
    return found.map(({ row: place, score }) => ({ row: this.#rows[place] ?? 0, score }));
  }

  /** The rows that a filter admits. */
  select(filter: Filter): number[] {
    const accepted = this.#accepted(filter);
    return this.#rows.filter((_, place) => accepted?.[place] !== 0);
  }

  /** Whether more of the index belongs to deleted records than to present ones. It is then better built anew. */
  get isStale(): boolean {
    return this.#gone.size > STALE_FROM && 2 * this.#gone.size > this.#rows.length;
  }

  #append(row: number, digest: Uint8Array): number {
    const place = this.#rows.push(row) - 1;
    this.#index.add(place, digest);
    return place;
  }

  #accepted(filter: Filter | undefined): Uint8Array | null {
    if (filter === undefined && this.#gone.size === 0) return null;
    const accepted = new Uint8Array(this.#rows.length).fill(1);
    const admits = filter?.(this.#columns.where);
    if (admits) for (let place = 0; place < accepted.length; place++) accepted[place] = admits(place) ? 1 : 0;
    for (const place of this.#gone) accepted[place] = 0;
    return accepted;
  }

  #placesOf(rows: readonly number[]): number[] {
    return rows.flatMap((row) => placeOf(row, this.#rows) ?? []);
  }
}

const STALE_FROM = 100;

/** The position of a number among ascending ones. */
function placeOf(wanted: number, ascending: readonly number[]): number | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted ? low : undefined;
}
