/**
 * Replays histories with the workflow code of this checkout, before it is deployed: the committed ones, or with
 * `--from-server` the open and recent runs of the server at TEMPORAL_ADDRESS, else of the stack that runs on ASK_STATE_DIR. Exits 1 on a violation. A run whose commands
 * carry something else goes on, with these new inputs: it is shown, and does not fail.
 *
 * `npm run replay -- --from-server --query "ExecutionStatus = 'Running'" --limit 500`
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { lazyConnection } from '../../src/adapters/temporal/client/connection.ts';
import { dataConverterFor } from '../../src/adapters/temporal/payloads/data-converter.ts';
import { workflowBundle } from '../../src/adapters/temporal/worker/workflow-bundle.ts';
import { CliError, reportFailure } from '../../src/clients/cli/lib/failure.ts';
import { findTemporal } from '../../src/clients/cli/lib/find-service.ts';
import { print, table } from '../../src/clients/cli/lib/output.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { committedHistories } from './lib/histories.ts';
import { COMMAND_LOG, type Run, replay } from './lib/replay.ts';

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

const cacheDir = join(config.ASK_STATE_DIR, 'cache');
const bundle = await workflowBundle(cacheDir, dataConverter, [COMMAND_LOG], { stackTraces: true });
const runs = values['from-server'] ? serverRuns() : committedHistories();
const rows: string[][] = [];
try {
  for await (const { name, violation, difference } of replay(bundle, runs, dataConverter)) {
    const state = violation !== null ? 'VIOLATION' : difference !== null ? 'OTHER INPUT' : 'ok';
    rows.push([state, name, violation ?? difference ?? '']);
  }
} catch (error) {
  process.exit(reportFailure(error));
}
const count = (wanted: string) => rows.filter(([state]) => state === wanted).length;
print(table([...rows].sort()));
print(
  `${rows.length} replayed, ${count('VIOLATION')} violations, ${count('OTHER INPUT')} with commands that carry something else`,
);
process.exit(count('VIOLATION') === 0 ? 0 : 1);

/** The runs that a list filter finds, newest first. */
async function* serverRuns(): AsyncGenerator<Run> {
  const address = await findTemporal(config);
  if (address === null)
    throw new CliError('No Temporal is known here. Start the stack with `npm start`, or set TEMPORAL_ADDRESS.');
  const connection = await lazyConnection({ ...config, TEMPORAL_ADDRESS: address });
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
  let left = Number(values.limit);
  for await (const { workflowId, runId } of client.workflow.list({ query: values.query ?? openAndRecent() })) {
    if (left-- === 0) return;
    yield { name: workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory(), log: null };
  }
}

function openAndRecent(): string {
  const since = new Date(Date.now() - RECENT_MS).toISOString();
  return `TaskQueue = '${config.TEMPORAL_TASK_QUEUE}' AND (ExecutionStatus = 'Running' OR StartTime > '${since}')`;
}
