import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { recordSchema, type StoredRecord } from './protocol.ts';

const lineSchema = z.union([z.object({ put: recordSchema }), z.object({ delete: z.array(z.string()) })]);
export type Change = z.infer<typeof lineSchema>;

/** The records of one namespace on disk: a file to which every change is appended before it is answered. */
export class RecordLog {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** A deletion writes the file anew without what was deleted: erased words must not stay in it. */
  append(changes: readonly Change[]): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, linesOf(changes));
    if (changes.some((change) => 'delete' in change)) this.#compact(recordsOf(this.#read()));
  }

  /** Reads the file; and writes it anew when more than half of it has been overtaken by later changes. */
  load(): Map<string, StoredRecord> {
    const changes = this.#read();
    const records = recordsOf(changes);
    if (changes.length > 2 * records.size) this.#compact(records);
    return records;
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }

  #read(): Change[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return [];
    }
    // What follows the last line end was cut off by a crash, and was never answered for.
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    if (!text.endsWith('\n')) writeFileSync(this.#file, lines.join('\n'));
    return lines.filter(Boolean).map((line) => lineSchema.parse(JSON.parse(line)));
  }

  #compact(records: ReadonlyMap<string, StoredRecord>): void {
    const next = `${this.#file}.next`;
    writeFileSync(next, linesOf([...records.values()].map((put) => ({ put }))));
    renameSync(next, this.#file);
  }
}

function recordsOf(changes: readonly Change[]): Map<string, StoredRecord> {
  const records = new Map<string, StoredRecord>();
  for (const change of changes) apply(change, records);
  return records;
}

function apply(change: Change, records: Map<string, StoredRecord>): void {
  if ('put' in change) records.set(change.put.id, change.put);
  else for (const id of change.delete) records.delete(id);
}

function linesOf(changes: readonly Change[]): string {
  return changes.map((change) => `${JSON.stringify(change)}\n`).join('');
}
