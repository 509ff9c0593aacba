import { LRUCache } from 'lru-cache';
import { Namespace } from './namespace.ts';
import type { Filter } from './pinecone/filter.ts';
import { type StoredRecord, TEXT_FIELD } from './pinecone/protocol.ts';
import { PineconeRefusal } from './pinecone/refusals.ts';
import { ReadingQueue } from './reading-queue.ts';
import type { TextModel } from './search/text-model.ts';
import type { NamespaceRow, Page, RecordStore, WholeRow } from './store/record-store.ts';

/** The models that an index may use. */
export interface TextModels {
  /** Reads the texts of new namespaces. */
  current: TextModel;
  /** The model of an existing namespace; null when it cannot be had any more. */
  find(name: string): TextModel | null;
}

/** A record that was found, with all of its fields. */
export interface FoundHit extends StoredRecord {
  score: number;
}

/** How long an upsert waits until its records can be found. Most can by then, and the rest follows. */
const SEEN_WITHIN_MS = 2_000;
const IDLE_MS = 30 * 60_000;
/** How many records may wait to be read. More are refused for a while, so that no import waits for hours behind others. */
const MOST_UNREAD = 1_000;

/** The namespaces of one index. A record is durable when its request is answered, and found when the model has read it. */
export class RecordIndex {
  readonly #store: RecordStore;
  readonly #models: TextModels;
  readonly #queue: ReadingQueue;
  readonly #rows: Map<string, NamespaceRow>;
  /** Those that were used lately, by their number in the store. */
  readonly #loaded: LRUCache<number, Namespace>;
  #unread: number;

  /** @param idleMs after this time without use a namespace leaves the memory; the next search reads it anew */
  constructor(store: RecordStore, models: TextModels, idleMs = IDLE_MS) {
    this.#store = store;
    this.#loaded = new LRUCache({ ttl: idleMs, ttlAutopurge: true, updateAgeOnGet: true });
    this.#models = models;
    this.#rows = new Map(store.namespaces().map((row) => [row.name, row]));
    this.#unread = store.countUnread();
    this.#queue = new ReadingQueue({
      store,
      modelOf: (namespace) => this.#modelOf(namespace),
      onRead: (namespace, rows) => {
        this.#unread = store.countUnread();
        for (const row of rows) this.#loaded.get(namespace)?.add(row);
      },
    });
    this.#queue.wake();
  }

  /** Records that nobody sees yet, and why the model could not read the last of them. */
  get progress(): { unread: number; failure: string | null } {
    return { unread: this.#unread, failure: this.#queue.failure };
  }

  names(): string[] {
    return [...this.#rows.keys()].sort();
  }

  /** @throws PineconeRefusal 429 while too many records wait. */
  async upsert(name: string, records: readonly StoredRecord[]): Promise<void> {
    if (this.#unread >= MOST_UNREAD) throw new PineconeRefusal(429, 'Too many records wait to be embedded');
    const { id } = this.#rows.get(name) ?? this.#create(name);
    const { unchanged, replaced } = this.#store.put(id, records);
    const seen = this.#loaded.get(id);
    seen?.remove(replaced);
    for (const { row, metadata } of unchanged) seen?.setMetadata(row, metadata);
    this.#unread = this.#store.countUnread();
    this.#queue.wake();
    await this.#queue.settled(SEEN_WITHIN_MS);
  }

  /** @throws PineconeRefusal 503 when the model cannot read the question. */
  async search(name: string, text: string, limit: number, filter?: Filter): Promise<FoundHit[]> {
    const searched = this.#find(name)?.search(text, limit, filter) ?? [];
    const found = await Promise.resolve(searched).catch((cause: unknown) => {
      throw new PineconeRefusal(503, cause instanceof Error ? cause.message : 'The model failed', { cause });
    });
    const records = new Map(this.#store.rows(found.map(({ row }) => row)).map((record) => [record.row, record]));
    return found.flatMap(({ row, score }) => {
      const record = records.get(row);
      return record ? [{ ...fieldsOf(record), score }] : [];
    });
  }

  fetch(name: string, ids: readonly string[]): StoredRecord[] {
    const row = this.#rows.get(name);
    return row === undefined ? [] : this.#store.find(row.id, ids).map(fieldsOf);
  }

  /** The ids that begin with a prefix, in order. */
  list(name: string, page: Page): string[] {
    const row = this.#rows.get(name);
    return row === undefined ? [] : this.#store.ids(row.id, page);
  }

  count(name: string, filter?: Filter): number {
    const row = this.#rows.get(name);
    if (row === undefined) return 0;
    return filter === undefined ? this.#store.countRead(row.id) : (this.#find(name)?.select(filter).length ?? 0);
  }

  /** @throws PineconeRefusal 404 for a namespace that nothing was ever written to. */
  remove(name: string, what: { ids: readonly string[] } | { filter: Filter }): void {
    const row = this.#rows.get(name);
    if (row === undefined) throw new PineconeRefusal(404, 'Namespace not found');
    const rows = 'ids' in what ? this.#store.rowsOf(row.id, what.ids) : (this.#find(name)?.select(what.filter) ?? []);
    this.#store.remove(rows);
    const loaded = this.#loaded.get(row.id);
    loaded?.remove(rows);
    if (loaded?.isStale) this.#loaded.delete(row.id);
    this.#unread = this.#store.countUnread();
  }

  /** @throws PineconeRefusal 404 as above. */
  removeNamespace(name: string): void {
    const row = this.#rows.get(name);
    if (row === undefined) throw new PineconeRefusal(404, 'Namespace not found');
    this.#store.removeNamespace(row.id);
    this.#rows.delete(name);
    this.#loaded.delete(row.id);
    this.#unread = this.#store.countUnread();
  }

  async close(): Promise<void> {
    await this.#queue.close();
    this.#store.close();
  }

  #create(name: string): NamespaceRow {
    const row = this.#store.addNamespace(name, this.#models.current.name);
    this.#rows.set(name, row);
    return row;
  }

  #find(name: string): Namespace | null {
    const row = this.#rows.get(name);
    if (row === undefined) return null;
    const found = this.#loaded.get(row.id);
    if (found !== undefined) return found;
    const model = this.#models.find(row.model);
    const namespace = new Namespace(this.#store, row.id, (readBodies) => model?.createIndex(readBodies) ?? UNREADABLE);
    this.#loaded.set(row.id, namespace);
    return namespace;
  }

  #modelOf(namespace: number): TextModel | null {
    for (const { id, model } of this.#rows.values()) if (id === namespace) return this.#models.find(model);
    return null;
  }
}

/** The index of a namespace whose model is missing. Its records are counted and listed, and no question finds them. */
const UNREADABLE = { add: () => {}, search: async () => [] };

function fieldsOf({ id, metadata, text }: WholeRow): StoredRecord {
  return { id, fields: { ...metadata, [TEXT_FIELD]: text } };
}
