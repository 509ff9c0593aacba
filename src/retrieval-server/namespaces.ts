import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Namespace } from './namespace.ts';
import { RecordLog } from './record-log.ts';
import type { TextIndex } from './search/text-index.ts';

const SUFFIX = '.ndjson';

/** The namespaces of one index, each a file in a directory, read when it is first used. */
export class Namespaces {
  readonly #dir: string;
  readonly #createIndex: () => TextIndex;
  readonly #open = new Map<string, Namespace>();

  constructor(dir: string, createIndex: () => TextIndex) {
    this.#dir = dir;
    this.#createIndex = createIndex;
    mkdirSync(dir, { recursive: true });
  }

  /** null when nothing was ever written to it. */
  find(name: string): Namespace | null {
    return this.#open.get(name) ?? (existsSync(this.#fileOf(name)) ? this.#load(name) : null);
  }

  findOrCreate(name: string): Namespace {
    return this.#open.get(name) ?? this.#load(name);
  }

  names(): string[] {
    const files = readdirSync(this.#dir).filter((file) => file.endsWith(SUFFIX));
    return files.map((file) => decodeURIComponent(file.slice(0, -SUFFIX.length))).sort();
  }

  /** @returns whether it was there. */
  remove(name: string): boolean {
    const found = existsSync(this.#fileOf(name));
    this.#open.delete(name);
    new RecordLog(this.#fileOf(name)).remove();
    return found;
  }

  #load(name: string): Namespace {
    const namespace = new Namespace(new RecordLog(this.#fileOf(name)), this.#createIndex());
    this.#open.set(name, namespace);
    return namespace;
  }

  #fileOf(name: string): string {
    return join(this.#dir, encodeURIComponent(name) + SUFFIX);
  }
}
