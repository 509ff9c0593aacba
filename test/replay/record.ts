/**
 * Records a history for each scenario that has none yet, against the server at TEST_TEMPORAL_ADDRESS:
 * `TEST_TEMPORAL_ADDRESS=127.0.0.1:7233 npm run replay:record`. A committed history is never recorded anew to make a
 * test pass: it stands for conversations that are running under the code that made it.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { type SessionHarness, scriptedActivities, sessionHarness } from '../stack/workflows/session-harness.ts';
import { startTestTemporal, type TestServer } from '../support/servers.ts';
import { LIBRARY_SCENARIOS, type LibraryScenario } from './library-scenarios.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

// A stack trace would carry this machine's paths into the repository.
Error.stackTraceLimit = 0;
const folder = new URL('histories/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, scenario] of Object.entries(SCENARIOS)) await keep(name, () => ofSession(scenario));
for (const [name, scenario] of Object.entries(LIBRARY_SCENARIOS)) await keep(name, () => ofLibrary(scenario));

interface Kept {
  workflowId: string;
  history: unknown;
}

async function keep(name: string, record: () => Promise<Kept>): Promise<void> {
  const file = new URL(`${name}.json`, folder);
  if (existsSync(file)) return;
  await writeFile(file, `${JSON.stringify(await record(), null, 1)}\n`);
  process.stdout.write(`recorded ${name}\n`);
}

async function ofSession(scenario: Scenario): Promise<Kept> {
  const { suggestContinueAsNewAt } = scenario;
  const server = suggestContinueAsNewAt === undefined ? null : await serverOfShortHistories(suggestContinueAsNewAt);
  try {
    return await inHarness(server, async (harness) => {
      const worker = await harness.startWorker(scriptedActivities(scenario.steps()).activities);
      const session = harness.session(scenario.idleMs === undefined ? {} : { idleMs: scenario.idleMs }, scenario.scope);
      await scenario.play(session);
      const kept = await firstRunOf(session.handle);
      await worker.stop();
      return kept;
    });
  } finally {
    await server?.stop();
  }
}

async function ofLibrary({ workflow, workflowId, input, steps }: LibraryScenario): Promise<Kept> {
  return inHarness(null, async ({ client, taskQueue, startWorker }) => {
    const worker = await startWorker(steps());
    await client.workflow.execute(workflow, { workflowId, taskQueue, args: input === undefined ? [] : [input] });
    const kept = await firstRunOf((runId) => client.workflow.getHandle(workflowId, runId));
    await worker.stop();
    return kept;
  });
}

async function inHarness<T>(server: TestServer | null, use: (harness: SessionHarness) => Promise<T>): Promise<T> {
  const harness = await sessionHarness(server === null ? {} : { address: server.address });
  try {
    return await use(harness);
  } finally {
    await harness.close();
  }
}

async function firstRunOf(run: (runId?: string) => WorkflowHandle): Promise<Kept> {
  const { workflowId, raw } = await run().describe();
  const history = historyToJSON(await run(raw.workflowExecutionInfo?.firstRunId ?? undefined).fetchHistory());
  return { workflowId, history: JSON.parse(history) };
}

function serverOfShortHistories(events: number): Promise<TestServer> {
  return startTestTemporal({ dynamicConfig: [`limit.historyCount.suggestContinueAsNew=${events}`] });
}
