import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import type { RecordedRun } from '../../src/adapters/temporal/worker/replay.ts';

const folder = new URL('histories/', import.meta.url);

/** The committed histories under the names of their scenarios. */
export function committedHistories(): RecordedRun[] {
  return readdirSync(folder).map((file) => {
    const { history } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    return { workflowId: file.replace('.json', ''), history: historyFromJSON(history) };
  });
}
