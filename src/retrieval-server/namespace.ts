import type { Filter } from './pinecone/filter.ts';
import type { FoundRow, SearchIndex } from './search/text-model.ts';
import type { Metadata, ReadRow } from './store/record-store.ts';

/** A record as it is found: its row in the store, its id, and all that it has except its text. */
export interface SeenRecord {
  row: number;
  id: string;
  metadata: Metadata;
}

export interface Hit extends SeenRecord {
  score: number;
}

/** What readers see of one namespace, in memory: an index of its texts, and their metadata. */
export class Namespace {
  readonly #index: SearchIndex;
  /** By their place in the index; null for a deleted record. */
  readonly #records: (SeenRecord | null)[] = [];
  readonly #places = new Map<string, number>();
  #gone = 0;

  constructor(index: SearchIndex, records: Iterable<ReadRow>) {
    this.#index = index;
    for (const record of records) this.add(record);
  }

  /** Adds a record, or replaces the one with its id. */
  add({ row, id, metadata, body }: ReadRow): void {
    this.remove(id);
    this.#index.add(this.#records.length, body);
    this.#places.set(id, this.#records.length);
    this.#records.push({ row, id, metadata });
  }

  remove(id: string): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    this.#records[place] = null;
    this.#gone++;
  }

  setMetadata(id: string, metadata: Metadata): void {
    const place = this.#places.get(id);
    const record = place === undefined ? null : this.#records[place];
    if (record) record.metadata = metadata;
  }

  async search(text: string, limit: number, filter: Filter | undefined): Promise<Hit[]> {
    const accepts = (place: number) => {
      const record = this.#records[place];
      return record !== null && record !== undefined && (filter === undefined || filter(record.metadata));
    };
    const found = await this.#index.search(text, { limit, accepts });
    return found.flatMap(({ row: place, score }: FoundRow) => {
      const record = this.#records[place];
      return record ? [{ ...record, score }] : [];
    });
  }

  find(id: string): SeenRecord | undefined {
    const place = this.#places.get(id);
    return (place === undefined ? null : this.#records[place]) ?? undefined;
  }

  ids(): string[] {
    return [...this.#places.keys()];
  }

  select(filter: Filter): string[] {
    return this.ids().filter((id) => filter(this.find(id)?.metadata ?? {}));
  }

  /** Whether more of the index belongs to deleted records than to present ones. It is then better built anew. */
  get isStale(): boolean {
    return this.#gone > STALE_FROM && this.#gone > this.#places.size;
  }
}

const STALE_FROM = 100;
