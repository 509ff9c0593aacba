import {
  appendFileSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
    const file = openSync(this.#file, 'a');
    const { size } = fstatSync(file);
    try {
      appendFileSync(file, linesOf(changes));
    } catch (error) {
      // A full disk takes a part of a line, to which the next change would be appended.
      ftruncateSync(file, size);
      throw error;
    } finally {
      closeSync(file);
    }
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
    const lines = text.split('\n');
    // A line without an end was not written to its end, also when it can be read.
    const parsed = lines.map((line, i) => (i === lines.length - 1 && line !== '' ? null : changeIn(line)));
    const bad = parsed.indexOf(null);
    // What a crash or a full disk cut off was never answered for.
    if (bad >= 0 && lines.slice(bad + 1).every((line) => line === '')) {
      parsed.length = bad;
      writeFileSync(
        this.#file,
        lines
          .slice(0, bad)
          .map((line) => `${line}\n`)
          .join(''),
      );
    } else if (bad >= 0) {
      throw new Error(
        `${this.#file} is damaged at line ${bad + 1}. Delete that line, or restore the file from a backup.`,
      );
    }
    return parsed.filter((change) => change !== undefined && change !== null);
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

/** undefined for an empty line, null for one that is no change. */
function changeIn(line: string): Change | null | undefined {
  if (line === '') return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function apply(change: Change, records: Map<string, StoredRecord>): void {
  if ('put' in change) records.set(change.put.id, change.put);
  else for (const id of change.delete) records.delete(id);
}

function linesOf(changes: readonly Change[]): string {
  return changes.map((change) => `${JSON.stringify(change)}\n`).join('');
}
