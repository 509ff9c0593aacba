import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { z } from 'zod';

/** Confirmed writes survive a power loss, and deleted content is overwritten. */
const PRAGMAS =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -8000;';

const versionRow = z.object({ user_version: z.number() });
const tableRow = z.object({ name: z.string() });

export interface Format {
  /** The statements that make the tables, where they are not there yet. */
  tables: string;
  /** Another number means other tables. */
  version: number;
}

/** An SQLite file. A file of another format is emptied. Statements are prepared once. */
export class Sqlite {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string, { tables, version }: Format) {
    mkdirSync(dirname(file), { recursive: true });
    this.#db = new DatabaseSync(file);
    this.#db.exec(PRAGMAS);
    if (versionRow.parse(this.#db.prepare('PRAGMA user_version').get()).user_version !== version) this.#empty();
    this.#db.exec(`${tables} PRAGMA user_version = ${version};`);
  }

  /** @returns the row number of an insertion, and how many rows were changed. */
  run(sql: string, ...values: SQLInputValue[]): { row: number; changes: number } {
    const { lastInsertRowid, changes } = this.#prepared(sql).run(...values);
    return { row: Number(lastInsertRowid), changes: Number(changes) };
  }

  all(sql: string, ...values: SQLInputValue[]): unknown[] {
    return this.#prepared(sql).all(...values);
  }

  /** One row after another, without holding them all. */
  each(sql: string, ...values: SQLInputValue[]): Iterable<unknown> {
    return this.#prepared(sql).iterate(...values);
  }

  /** All or nothing, and durable once. */
  transact(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Moves the content of the log into the file and empties the log, so that neither holds deleted words. */
  emptyLog(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#db.close();
  }

  #empty(): void {
    const sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    for (const { name } of z.array(tableRow).parse(this.#db.prepare(sql).all())) this.#db.exec(`DROP TABLE "${name}"`);
    this.emptyLog();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
