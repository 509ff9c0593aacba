import { isUint8Array } from 'node:util/types';
import { z } from 'zod';
import { type StoredRecord, TEXT_FIELD } from '../pinecone/protocol.ts';
import { Sqlite } from './sqlite.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS namespaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, model TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS records (
    row INTEGER PRIMARY KEY AUTOINCREMENT, namespace INTEGER NOT NULL, id TEXT NOT NULL, metadata TEXT NOT NULL, body BLOB,
    UNIQUE (namespace, id)
  );
  CREATE INDEX IF NOT EXISTS unread ON records (row) WHERE body IS NULL;
  CREATE TABLE IF NOT EXISTS texts (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
`;

export type Metadata = Readonly<StoredRecord['fields']>;

const namespaceRow = z.object({ id: z.number(), name: z.string(), model: z.string() });
export type NamespaceRow = z.infer<typeof namespaceRow>;

const unreadRow = z.object({ row: z.number(), namespace: z.number(), text: z.string() });
/** A record whose text no model has read yet. */
export type UnreadRow = z.infer<typeof unreadRow>;

const metadata = z.string().transform((json): Metadata => JSON.parse(json));
const readRow = z.object({ row: z.number(), id: z.string(), metadata, body: z.custom<Uint8Array>(isUint8Array) });
/** A record that readers see. */
export type ReadRow = z.infer<typeof readRow>;

const heldRow = z.object({ row: z.number(), text: z.string() });
const textRow = z.object({ text: z.string() });
const count = z.object({ count: z.number() });

/**
 * The records of one index in an SQLite file. A record is stored with its text first. When a model has read the text, its
 * result becomes the body of the record, and readers see the record.
 */
export class RecordStore {
  readonly #db: Sqlite;

  constructor(file: string) {
    this.#db = new Sqlite(file, TABLES);
  }

  namespaces(): NamespaceRow[] {
    return z.array(namespaceRow).parse(this.#db.all('SELECT id, name, model FROM namespaces ORDER BY name'));
  }

  addNamespace(name: string, model: string): NamespaceRow {
    const { row } = this.#db.run('INSERT INTO namespaces (name, model) VALUES (?, ?)', name, model);
    return { id: row, name, model };
  }

  removeNamespace(id: number): void {
    this.#db.transact(() => {
      this.#db.run('DELETE FROM texts WHERE row IN (SELECT row FROM records WHERE namespace = ?)', id);
      this.#db.run('DELETE FROM records WHERE namespace = ?', id);
      this.#db.run('DELETE FROM namespaces WHERE id = ?', id);
    });
    this.#db.emptyLog();
  }

  /** Stores records. One whose text is unchanged keeps its body. @returns the ids of the unchanged ones */
  put(namespace: number, records: readonly StoredRecord[]): Set<string> {
    const kept = new Set<string>();
    let replaced = 0;
    this.#db.transact(() => {
      for (const { id, fields } of records) {
        const { [TEXT_FIELD]: text, ...rest } = fields;
        const metadata = JSON.stringify(rest);
        const held = this.#held(namespace, id);
        if (held !== undefined && held.text === text) {
          this.#db.run('UPDATE records SET metadata = ? WHERE row = ?', metadata, held.row);
          kept.add(id);
          continue;
        }
        // The record gets a new row, so that a model that still reads the former text cannot store its result.
        if (held) replaced += this.#forget(held.row);
        const sql = 'INSERT INTO records (namespace, id, metadata) VALUES (?, ?, ?)';
        const { row } = this.#db.run(sql, namespace, id, metadata);
        this.#db.run('INSERT INTO texts (row, text) VALUES (?, ?)', row, String(text));
      }
    });
    if (replaced > 0) this.#db.emptyLog();
    return kept;
  }

  remove(namespace: number, ids: readonly string[]): void {
    let removed = 0;
    this.#db.transact(() => {
      for (const id of ids) {
        const held = this.#held(namespace, id);
        if (held) removed += this.#forget(held.row);
      }
    });
    if (removed > 0) this.#db.emptyLog();
  }

  /** The records that wait to be read, oldest first. */
  unread(limit: number): UnreadRow[] {
    const sql =
      'SELECT row, namespace, text FROM records JOIN texts USING (row) WHERE body IS NULL ORDER BY row LIMIT ?';
    return z.array(unreadRow).parse(this.#db.all(sql, limit));
  }

  countUnread(): number {
    return this.#count('SELECT count(*) AS count FROM records WHERE body IS NULL');
  }

  /** Stores what a model made of these rows. @returns those that still stand, and are seen from now on. */
  markRead(bodies: ReadonlyMap<number, Uint8Array>): ReadRow[] {
    const seen: number[] = [];
    this.#db.transact(() => {
      for (const [row, body] of bodies) {
        const { changes } = this.#db.run('UPDATE records SET body = ? WHERE row = ? AND body IS NULL', body, row);
        if (changes > 0) seen.push(row);
      }
    });
    const sql = 'SELECT row, id, metadata, body FROM records WHERE row = ?';
    return seen.flatMap((row) => z.array(readRow).parse(this.#db.all(sql, row)));
  }

  /** What readers see of a namespace, in the order in which it was stored. */
  *read(namespace: number): Generator<ReadRow, undefined> {
    const sql = 'SELECT row, id, metadata, body FROM records WHERE namespace = ? AND body IS NOT NULL ORDER BY row';
    for (const row of this.#db.each(sql, namespace)) yield readRow.parse(row);
  }

  textOf(row: number): string {
    return z.array(textRow).parse(this.#db.all('SELECT text FROM texts WHERE row = ?', row))[0]?.text ?? '';
  }

  countRead(namespace: number): number {
    return this.#count('SELECT count(*) AS count FROM records WHERE namespace = ? AND body IS NOT NULL', namespace);
  }

  close(): void {
    this.#db.close();
  }

  #held(namespace: number, id: string): { row: number; text: string } | undefined {
    const sql = 'SELECT row, text FROM records JOIN texts USING (row) WHERE namespace = ? AND id = ?';
    return z.array(heldRow).parse(this.#db.all(sql, namespace, id))[0];
  }

  #forget(row: number): number {
    this.#db.run('DELETE FROM texts WHERE row = ?', row);
    return this.#db.run('DELETE FROM records WHERE row = ?', row).changes;
  }

  #count(sql: string, ...values: number[]): number {
    return z.array(count).parse(this.#db.all(sql, ...values))[0]?.count ?? 0;
  }
}
