import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recordSchema, type StoredRecord } from '../pinecone/protocol.ts';
import type { RecordStore } from './record-store.ts';

const SUFFIX = '.ndjson';
const lineSchema = z.union([z.object({ put: recordSchema }), z.object({ delete: z.array(z.string()) })]);

/**
 * Imports the files of releases up to 0.2.0, which have one file a namespace and one change a line. A line that cannot be read is left out,
 * because MongoDB holds what the index holds. @param model the one that read their texts
 */
export function takeInEarlierFiles(dir: string, store: RecordStore, model: string): void {
  const known = new Set(store.namespaces().map(({ name }) => name));
  for (const file of readdirSync(dir).filter((name) => name.endsWith(SUFFIX))) {
    const name = decodeURIComponent(file.slice(0, -SUFFIX.length));
    if (!known.has(name))
      store.put(store.addNamespace(name, model).id, recordsIn(readFileSync(join(dir, file), 'utf8')));
    rmSync(join(dir, file));
  }
}

function recordsIn(text: string): StoredRecord[] {
  const records = new Map<string, StoredRecord>();
  for (const line of text.split('\n')) {
    const change = lineSchema.safeParse(parsed(line)).data;
    if (change === undefined) continue;
    if ('put' in change) records.set(change.put.id, change.put);
    else for (const id of change.delete) records.delete(id);
  }
  return [...records.values()];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
