import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { z } from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import type { Run } from './replay.ts';

/** The release whose code this checkout is. */
export const RELEASE = manifest.version;

const folder = new URL('../histories/', import.meta.url);

const logEntry = z.union([
  z.strictObject({ came: z.string(), of: z.string().optional(), as: z.string().optional() }),
  z.strictObject({
    sent: z.string(),
    of: z.string().optional(),
    carries: z.unknown().optional(),
    afterMs: z.number().optional(),
  }),
]);
const fileFormat = z.object({
  workflowId: z.string(),
  history: z.object({ events: z.array(z.unknown()) }),
  log: z.array(logEntry),
});

export type HistoryFile = z.infer<typeof fileFormat>;

/** A committed history, named `release/scenario`. */
export type CommittedRun = Run & { log: HistoryFile['log']; json: HistoryFile['history'] };

export function committedHistories(release?: string): CommittedRun[] {
  const releases = release === undefined ? readdirSync(folder).sort() : [release];
  return releases.flatMap((one) =>
    readdirSync(new URL(`${one}/`, folder))
      .sort()
      .map((file) => committed(`${one}/${file.replace('.json', '')}`)),
  );
}

function committed(name: string): CommittedRun {
  const { history, log } = fileFormat.parse(JSON.parse(readFileSync(fileOf(name), 'utf8')));
  return { name, history: historyFromJSON(history), log, json: history };
}

export function isCommitted(name: string): boolean {
  return existsSync(fileOf(name));
}

/** Writes one event and one log entry a line, so that a diff can be read. */
export function commit(name: string, { workflowId, history, log }: HistoryFile): void {
  mkdirSync(new URL('.', fileOf(name)), { recursive: true });
  const lines = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).join(',\n');
  writeFileSync(
    fileOf(name),
    `{"workflowId":${JSON.stringify(workflowId)},\n"log":[\n${lines(log)}\n],\n"history":{"events":[\n${lines(history.events)}\n]}}\n`,
  );
}

function fileOf(name: string): URL {
  return new URL(`${name}.json`, folder);
}
