/**
 * Replays histories with the workflow code of this checkout, before it is deployed: the committed ones, or with
 * `--from-server` the open and recent runs of the server at TEMPORAL_ADDRESS. Exits 1 on a violation.
 *
 * `npm run replay -- --from-server --query "ExecutionStatus = 'Running'" --limit 500`
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { lazyConnection } from '../../src/adapters/temporal/client/connection.ts';
import { dataConverterFor } from '../../src/adapters/temporal/payloads/data-converter.ts';
import { type RecordedRun, recordedRuns, replay } from '../../src/adapters/temporal/worker/replay.ts';
import { print, table } from '../../src/clients/cli/lib/output.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { committedHistories } from './committed.ts';

const RECENT_MS = 24 * 3_600_000;

const { values } = parseArgs({
  options: {
    'from-server': { type: 'boolean', default: false },
    query: { type: 'string' },
    limit: { type: 'string', default: '200' },
  },
});
const config = loadConfig();
const dataConverter = dataConverterFor(config);
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
});

const runs = values['from-server'] ? await serverRuns() : committedHistories();
const rows: string[][] = [];
for await (const { workflowId, violation } of replay(runs, {
  cacheDir: join(config.ASK_STATE_DIR, 'cache'),
  dataConverter,
})) {
  rows.push([violation === null ? 'ok' : 'VIOLATION', workflowId, violation ?? '']);
}
const violations = rows.filter(([state]) => state !== 'ok').length;
print(table([...rows].sort()));
print(`${rows.length} replayed, ${violations} violations`);
process.exit(violations === 0 ? 0 : 1);

async function serverRuns(): Promise<AsyncIterable<RecordedRun>> {
  const connection = await lazyConnection(config);
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
  return recordedRuns(client, values.query ?? openAndRecent(), Number(values.limit));
}

function openAndRecent(): string {
  const since = new Date(Date.now() - RECENT_MS).toISOString();
  return `TaskQueue = '${config.TEMPORAL_TASK_QUEUE}' AND (ExecutionStatus = 'Running' OR StartTime > '${since}')`;
}
