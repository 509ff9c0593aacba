/**
 * Records a history for each scenario that has none yet, against the server at TEST_TEMPORAL_ADDRESS:
 * `TEST_TEMPORAL_ADDRESS=127.0.0.1:7233 npm run replay:record`. A committed history is never recorded anew to make a
 * test pass: it stands for conversations that are running under the code that made it.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startTestTemporal, type TestServer } from '../support/servers.ts';
import { scriptedActivities, sessionHarness } from '../workflows/session-harness.ts';
import { SCENARIOS } from './scenarios.ts';

// A stack trace would carry this machine's paths into the repository.
Error.stackTraceLimit = 0;
const folder = new URL('histories/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, scenario] of Object.entries(SCENARIOS)) {
  const file = new URL(`${name}.json`, folder);
  if (existsSync(file)) continue;
  const { suggestContinueAsNewAt } = scenario;
  const server = suggestContinueAsNewAt === undefined ? null : await serverOfShortHistories(suggestContinueAsNewAt);
  const harness = await sessionHarness(server === null ? {} : { address: server.address });
  const worker = await harness.startWorker(scriptedActivities(scenario.steps()).activities);
  const session = harness.session(scenario.idleMs === undefined ? {} : { idleMs: scenario.idleMs }, scenario.scope);
  await scenario.play(session);
  const first = (await session.handle().describe()).raw.workflowExecutionInfo?.firstRunId ?? undefined;
  const history = historyToJSON(await session.handle(first).fetchHistory());
  await worker.stop();
  await harness.close();
  await server?.stop();
  await writeFile(
    file,
    `${JSON.stringify({ workflowId: session.workflowId, history: JSON.parse(history) }, null, 1)}\n`,
  );
  process.stdout.write(`recorded ${name}\n`);
}

function serverOfShortHistories(events: number): Promise<TestServer> {
  return startTestTemporal({ dynamicConfig: [`limit.historyCount.suggestContinueAsNew=${events}`] });
}
