import { type Hit, Namespace } from './namespace.ts';
import type { Filter } from './pinecone/filter.ts';
import { type StoredRecord, TEXT_FIELD } from './pinecone/protocol.ts';
import { PineconeRefusal } from './pinecone/refusals.ts';
import { ReadingQueue } from './reading-queue.ts';
import type { TextModel } from './search/text-model.ts';
import type { Metadata, NamespaceRow, RecordStore } from './store/record-store.ts';

/** The models that an index may use. */
export interface TextModels {
  /** Reads the texts of new namespaces. */
  current: TextModel;
  /** The model of an existing namespace; null when it cannot be had any more. */
  find(name: string): TextModel | null;
}

/** How long an upsert waits until its records can be found. Most can by then, and the rest follows. */
const SEEN_WITHIN_MS = 2_000;
/** How many records may wait to be read. More are refused for a while, so that no import waits for hours behind others. */
const MOST_UNREAD = 1_000;

/** The namespaces of one index. A record is durable when its request is answered, and found when the model has read it. */
export class RecordIndex {
  readonly #store: RecordStore;
  readonly #models: TextModels;
  readonly #queue: ReadingQueue;
  readonly #rows: Map<string, NamespaceRow>;
  /** Those that were used since the start, by their number in the store. */
  readonly #loaded = new Map<number, Namespace>();
  #unread: number;

  constructor(store: RecordStore, models: TextModels) {
    this.#store = store;
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
    const kept = this.#store.put(id, records);
    const seen = this.#loaded.get(id);
    for (const { id: record, fields } of records) {
      if (kept.has(record)) seen?.setMetadata(record, withoutText(fields));
      else seen?.remove(record);
    }
    this.#unread = this.#store.countUnread();
    this.#queue.wake();
    await this.#queue.settled(SEEN_WITHIN_MS);
  }

  /** @throws PineconeRefusal 503 when the model cannot read the question. */
  async search(name: string, text: string, limit: number, filter?: Filter): Promise<(Hit & { text: string })[]> {
    const found = this.#find(name)?.search(text, limit, filter) ?? [];
    const hits = await Promise.resolve(found).catch((cause: unknown) => {
      throw new PineconeRefusal(503, cause instanceof Error ? cause.message : 'The model failed', { cause });
    });
    return hits.map((hit) => ({ ...hit, text: this.#store.textOf(hit.row) }));
  }

  fetch(name: string, ids: readonly string[]): StoredRecord[] {
    const namespace = this.#find(name);
    return ids.flatMap((id) => {
      const found = namespace?.find(id);
      return found ? [{ id, fields: { [TEXT_FIELD]: this.#store.textOf(found.row), ...found.metadata } }] : [];
    });
  }

  /** The ids that begin with `prefix`, in order. */
  list(name: string, prefix: string): string[] {
    const ids = this.#find(name)?.ids() ?? [];
    return ids.filter((id) => id.startsWith(prefix)).sort();
  }

  count(name: string, filter?: Filter): number {
    const row = this.#rows.get(name);
    if (row === undefined) return 0;
    return filter === undefined ? this.#store.countRead(row.id) : (this.#find(name)?.select(filter).length ?? 0);
  }

  /** @throws PineconeRefusal 404 for a namespace that nothing was ever written to. */
  remove(name: string, what: { ids: readonly string[] } | { filter: Filter }): void {
    const row = this.#rows.get(name);
    const namespace = this.#find(name);
    if (row === undefined || namespace === null) throw new PineconeRefusal(404, 'Namespace not found');
    const ids = 'ids' in what ? what.ids : namespace.select(what.filter);
    this.#store.remove(row.id, ids);
    for (const id of ids) namespace.remove(id);
    if (namespace.isStale) this.#loaded.delete(row.id);
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
    const index = this.#models.find(row.model)?.createIndex() ?? UNREADABLE;
    const namespace = new Namespace(index, this.#store.read(row.id));
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

function withoutText({ [TEXT_FIELD]: _, ...metadata }: StoredRecord['fields']): Metadata {
  return metadata;
}
