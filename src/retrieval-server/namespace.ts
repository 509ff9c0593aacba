import type { Filter } from './filter.ts';
import type { StoredRecord } from './protocol.ts';
import { TEXT_FIELD } from './protocol.ts';
import type { Change, RecordLog } from './record-log.ts';
import type { TextIndex } from './search/text-index.ts';

export interface Hit {
  record: StoredRecord;
  score: number;
}

/** The records of one namespace. A change is durable at once, and visible to readers after the index's delay. */
export class Namespace {
  readonly #log: RecordLog;
  readonly #index: TextIndex;
  readonly #records: Map<string, StoredRecord>;
  #unseen: { from: number; change: Change }[] = [];

  constructor(log: RecordLog, index: TextIndex) {
    this.#log = log;
    this.#index = index;
    this.#records = log.load();
    for (const record of this.#records.values()) index.put(record.id, textOf(record));
  }

  upsert(records: readonly StoredRecord[], visibleFrom: number): void {
    this.#write(
      records.map((put) => ({ put })),
      visibleFrom,
    );
  }

  deleteIds(ids: readonly string[], visibleFrom: number): void {
    this.#write([{ delete: [...ids] }], visibleFrom);
  }

  deleteWhere(filter: Filter, visibleFrom: number): void {
    const ids = this.#visible().filter((record) => filter(record.fields));
    this.deleteIds(
      ids.map((record) => record.id),
      visibleFrom,
    );
  }

  search(text: string, limit: number, filter: Filter): Hit[] {
    this.#settle();
    const accept = (id: string) => filter(this.#records.get(id)?.fields ?? {});
    return this.#index.search(text, limit, accept).flatMap(({ id, score }) => {
      const record = this.#records.get(id);
      return record ? [{ record, score }] : [];
    });
  }

  fetch(ids: readonly string[]): StoredRecord[] {
    this.#settle();
    return ids.flatMap((id) => this.#records.get(id) ?? []);
  }

  /** Ids in order. */
  list(prefix: string): string[] {
    return this.#visible()
      .map((record) => record.id)
      .filter((id) => id.startsWith(prefix))
      .sort();
  }

  count(filter: Filter): number {
    return this.#visible().filter((record) => filter(record.fields)).length;
  }

  #write(changes: readonly Change[], from: number): void {
    this.#log.append(changes);
    this.#unseen.push(...changes.map((change) => ({ from, change })));
    this.#settle();
  }

  #visible(): StoredRecord[] {
    this.#settle();
    return [...this.#records.values()];
  }

  /** Applies the changes whose time has come, in their order. */
  #settle(): void {
    const now = Date.now();
    const later = this.#unseen.findIndex(({ from }) => from > now);
    const due = this.#unseen.splice(0, later === -1 ? this.#unseen.length : later);
    for (const { change } of due) this.#apply(change);
  }

  #apply(change: Change): void {
    if ('put' in change) {
      this.#records.set(change.put.id, change.put);
      this.#index.put(change.put.id, textOf(change.put));
      return;
    }
    for (const id of change.delete) {
      this.#records.delete(id);
      this.#index.delete(id);
    }
  }
}

function textOf(record: StoredRecord): string {
  return String(record.fields[TEXT_FIELD]);
}
