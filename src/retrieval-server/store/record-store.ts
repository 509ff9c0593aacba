import { isUint8Array } from 'node:util/types';
import { z } from 'zod';
import { type StoredRecord, TEXT_FIELD } from '../pinecone/protocol.ts';
import type { ReadText } from '../search/text-model.ts';
import { Sqlite } from './sqlite.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS namespaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, model TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS records (
    row INTEGER PRIMARY KEY AUTOINCREMENT, namespace INTEGER NOT NULL, id TEXT NOT NULL, metadata TEXT NOT NULL, digest BLOB,
    UNIQUE (namespace, id)
  );
  CREATE INDEX IF NOT EXISTS unread ON records (row) WHERE digest IS NULL;
  CREATE INDEX IF NOT EXISTS read ON records (namespace) WHERE digest IS NOT NULL;
  CREATE TABLE IF NOT EXISTS bodies (row INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS texts (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
`;

/** 1 kept vectors beside the metadata. An index of an earlier format is empty until `ask reindex` has built it anew. */
const FORMAT = { version: 2, tables: TABLES };

export type Metadata = Readonly<StoredRecord['fields']>;

const namespaceRow = z.object({ id: z.number(), name: z.string(), model: z.string() });
export type NamespaceRow = z.infer<typeof namespaceRow>;

const unreadRow = z.object({ row: z.number(), namespace: z.number(), text: z.string() });
/** A record whose text no model has read yet. */
export type UnreadRow = z.infer<typeof unreadRow>;

const metadata = z.string().transform((json): Metadata => JSON.parse(json));
const metadataRow = z.object({ row: z.number(), metadata });
type MetadataRow = z.infer<typeof metadataRow>;

const bytes = z.custom<Uint8Array>(isUint8Array);
const digestRow = z.object({ row: z.number(), digest: bytes });
/** A record that readers see from now on. */
export type ReadRow = MetadataRow & z.infer<typeof digestRow>;

const wholeRow = z.object({ row: z.number(), id: z.string(), metadata, text: z.string() });
const wholeRows = z.array(wholeRow);
/** A record that readers see, with its text. */
export type WholeRow = z.infer<typeof wholeRow>;

const heldRow = z.object({ row: z.number(), text: z.string() });
const bodyRows = z.array(z.object({ row: z.number(), body: bytes }));
const rowNumber = z.object({ row: z.number() });
const idRow = z.object({ id: z.string() });
const count = z.object({ count: z.number() });

/** Which of the listed ids come next. */
export interface Page {
  prefix: string;
  /** The last id of the page before. */
  after: string;
  limit: number;
}

/**
 * The records of one index in an SQLite file. A record is stored with its text first. When a model has read the text, its
 * digest and its body are added, and readers see the record.
 */
export class RecordStore {
  readonly #db: Sqlite;

  constructor(file: string) {
    this.#db = new Sqlite(file, FORMAT);
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
      for (const table of ['texts', 'bodies'])
        this.#db.run(`DELETE FROM ${table} WHERE row IN (SELECT row FROM records WHERE namespace = ?)`, id);
      this.#db.run('DELETE FROM records WHERE namespace = ?', id);
      this.#db.run('DELETE FROM namespaces WHERE id = ?', id);
    });
    this.#db.emptyLog();
  }

  /** Stores records. One whose text is unchanged keeps its row and what was read; one with another text replaces a row. */
  put(namespace: number, records: readonly StoredRecord[]): { unchanged: MetadataRow[]; replaced: number[] } {
    const unchanged: MetadataRow[] = [];
    const replaced: number[] = [];
    this.#db.transact(() => {
      for (const { id, fields } of records) {
        const { [TEXT_FIELD]: text, ...metadata } = fields;
        const json = JSON.stringify(metadata);
        const held = this.#held(namespace, id);
        if (held !== undefined && held.text === text) {
          this.#db.run('UPDATE records SET metadata = ? WHERE row = ?', json, held.row);
          unchanged.push({ row: held.row, metadata });
          continue;
        }
        // The record gets a new row, so that a model that still reads the former text cannot store its result.
        if (held) {
          this.#forget(held.row);
          replaced.push(held.row);
        }
        const sql = 'INSERT INTO records (namespace, id, metadata) VALUES (?, ?, ?)';
        const { row } = this.#db.run(sql, namespace, id, json);
        this.#db.run('INSERT INTO texts (row, text) VALUES (?, ?)', row, String(text));
      }
    });
    if (replaced.length > 0) this.#db.emptyLog();
    return { unchanged, replaced };
  }

  remove(rows: readonly number[]): void {
    if (rows.length === 0) return;
    this.#db.transact(() => {
      for (const row of rows) this.#forget(row);
    });
    this.#db.emptyLog();
  }

  /** The rows of these ids, whether they are read or not. */
  rowsOf(namespace: number, ids: readonly string[]): number[] {
    const sql = 'SELECT row FROM records WHERE namespace = ? AND id IN (SELECT value FROM json_each(?))';
    const found = this.#db.all(sql, namespace, JSON.stringify(ids));
    return z
      .array(rowNumber)
      .parse(found)
      .map(({ row }) => row);
  }

  /** The records that wait to be read, oldest first. */
  unread(limit: number): UnreadRow[] {
    const sql =
      'SELECT row, namespace, text FROM records JOIN texts USING (row) WHERE digest IS NULL ORDER BY row LIMIT ?';
    return z.array(unreadRow).parse(this.#db.all(sql, limit));
  }

  countUnread(): number {
    return this.#count('SELECT count(*) AS count FROM records WHERE digest IS NULL');
  }

  /** Stores what a model made of these rows. @returns those that still stand, in ascending order; they are seen from now on. */
  markRead(read: ReadonlyMap<number, ReadText>): ReadRow[] {
    const seen: ReadRow[] = [];
    this.#db.transact(() => {
      for (const [row, { digest, body }] of read) {
        const sql = 'UPDATE records SET digest = ? WHERE row = ? AND digest IS NULL RETURNING row, metadata';
        const [marked] = z.array(metadataRow).parse(this.#db.all(sql, digest, row));
        if (marked === undefined) continue;
        if (body !== null) this.#db.run('INSERT INTO bodies (row, body) VALUES (?, ?)', row, body);
        seen.push({ ...marked, digest });
      }
    });
    return seen;
  }

  /** The digests of what readers see of a namespace, in the order in which it was stored. */
  *digestsOf(namespace: number): Generator<z.infer<typeof digestRow>, undefined> {
    const sql = 'SELECT row, digest FROM records WHERE namespace = ? AND digest IS NOT NULL ORDER BY row';
    for (const row of this.#db.each(sql, namespace)) yield digestRow.parse(row);
  }

  /** The same for the metadata. */
  *metadataOf(namespace: number): Generator<MetadataRow, undefined> {
    const sql = 'SELECT row, metadata FROM records WHERE namespace = ? AND digest IS NOT NULL ORDER BY row';
    for (const row of this.#db.each(sql, namespace)) yield metadataRow.parse(row);
  }

  /** The bodies of those rows that have one. */
  bodiesOf(rows: readonly number[]): Map<number, Uint8Array> {
    const sql = 'SELECT row, body FROM json_each(?) CROSS JOIN bodies ON row = value';
    const found = bodyRows.parse(this.#db.all(sql, JSON.stringify(rows)));
    return new Map(found.map(({ row, body }) => [row, body]));
  }

  /** These rows in any order; without those that are gone. */
  rows(rows: readonly number[]): WholeRow[] {
    return this.#whole('row IN (SELECT value FROM json_each(?))', JSON.stringify(rows));
  }

  /** What readers see of these ids. */
  find(namespace: number, ids: readonly string[]): WholeRow[] {
    const condition = 'namespace = ? AND id IN (SELECT value FROM json_each(?)) AND digest IS NOT NULL';
    return this.#whole(condition, namespace, JSON.stringify(ids));
  }

  /** The ids that readers see, in order. */
  ids(namespace: number, { prefix, after, limit }: Page): string[] {
    const sql = `SELECT id FROM records
      WHERE namespace = ? AND id > ? AND substr(id, 1, length(?)) = ? AND digest IS NOT NULL ORDER BY id LIMIT ?`;
    const found = this.#db.all(sql, namespace, after, prefix, prefix, limit);
    return z
      .array(idRow)
      .parse(found)
      .map(({ id }) => id);
  }

  countRead(namespace: number): number {
    return this.#count('SELECT count(*) AS count FROM records WHERE namespace = ? AND digest IS NOT NULL', namespace);
  }

  close(): void {
    this.#db.close();
  }

  #whole(condition: string, ...values: (number | string)[]): WholeRow[] {
    const sql = `SELECT row, id, metadata, text FROM records JOIN texts USING (row) WHERE ${condition}`;
    return wholeRows.parse(this.#db.all(sql, ...values));
  }

  #held(namespace: number, id: string): { row: number; text: string } | undefined {
    const sql = 'SELECT row, text FROM records JOIN texts USING (row) WHERE namespace = ? AND id = ?';
    return z.array(heldRow).parse(this.#db.all(sql, namespace, id))[0];
  }

  #forget(row: number): void {
    for (const table of ['texts', 'bodies', 'records']) this.#db.run(`DELETE FROM ${table} WHERE row = ?`, row);
  }

  #count(sql: string, ...values: number[]): number {
    return z.array(count).parse(this.#db.all(sql, ...values))[0]?.count ?? 0;
  }
}
