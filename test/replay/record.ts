/**
 * Records a history for each scenario that has none yet in this release, on servers of its own: `npm run replay:record`.
 * A history of a tagged release is never recorded anew to make a test pass: it stands for conversations that are running
 * under the code that made it.
 */
import '../stack/workflows/quiet.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { workflowBundle } from '../../src/adapters/temporal/worker/workflow-bundle.ts';
import { sessionHarness } from '../stack/workflows/session-harness.ts';
import { startTestTemporal } from '../support/servers.ts';
import { commit, type HistoryFile, isCommitted, RELEASE } from './lib/histories.ts';
import { COMMAND_LOG, replay } from './lib/replay.ts';
import { LIBRARY_SCENARIOS, type LibraryScenario } from './scenarios/library-scenarios.ts';
import { scriptedSteps } from './scenarios/scripted-steps.ts';
import { SCENARIOS, SCOPES, type Scenario, scopesOf } from './scenarios/session-scenarios.ts';

/** Scenarios at a time: most of them wait for timers. */
const AT_ONCE = 6;
/** Enough events for some turns. In 0.1.0 it was 40: the marker of a patch took two. */
const SHORT = 38;

// A stack trace would carry this machine's paths into the repository.
Error.stackTraceLimit = 0;

interface Recording {
  name: string;
  shortHistories: boolean;
  record(address: string): Promise<Omit<HistoryFile, 'log'>>;
}

const wanted = [...sessionRecordings(), ...libraryRecordings()].filter(({ name }) => !isCommitted(name));
// Both bundles, before they are needed at once.
const bundles = join(tmpdir(), 'ask-api-test-bundles');
await workflowBundle(bundles);
const logging = await workflowBundle(bundles, {}, [COMMAND_LOG]);
const usual = await startTestTemporal();
const short = await startTestTemporal({ dynamicConfig: [`limit.historyCount.suggestContinueAsNew=${SHORT}`] });
const queue = [...wanted];
const recorded = new Map<string, Omit<HistoryFile, 'log'>>();
await Promise.all(Array.from({ length: AT_ONCE }, recordAll));
await Promise.all([usual.stop(), short.stop()]);
await commitAll();

async function recordAll(): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    recorded.set(next.name, await next.record((next.shortHistories ? short : usual).address));
    process.stdout.write(`recorded ${next.name}\n`);
  }
}

/** Keeps each history with what the code of this checkout logs when it replays it. */
async function commitAll(): Promise<void> {
  const runs = [...recorded].map(([name, { history }]) => ({ name, history: historyFromJSON(history), log: null }));
  for await (const { name, violation, difference, log } of replay(logging, runs)) {
    const kept = recorded.get(name);
    const wrong = violation ?? difference;
    if (wrong !== null || kept === undefined) throw new Error(`${name} does not replay: ${wrong}`);
    commit(name, { ...kept, log });
  }
}

function sessionRecordings(): Recording[] {
  return Object.entries(SCENARIOS).flatMap(([name, scenario]) =>
    scopesOf(scenario).map((scope) => ({
      name: `${RELEASE}/${scope}-${name}`,
      shortHistories: scenario.shortHistories ?? false,
      record: (address) => ofSession(address, scenario, scope),
    })),
  );
}

function libraryRecordings(): Recording[] {
  return Object.entries(LIBRARY_SCENARIOS).map(([name, scenario]) => ({
    name: `${RELEASE}/${name}`,
    shortHistories: scenario.shortHistories ?? false,
    record: (address) => ofLibrary(address, scenario),
  }));
}

async function ofSession(address: string, { script, settings, keepsLast, play }: Scenario, scope: keyof typeof SCOPES) {
  const harness = await sessionHarness({ address });
  await harness.startWorker({ ...scriptedSteps(script ?? {}, scope === 'recording'), eraseSession: async () => {} });
  const session = harness.session(settings, SCOPES[scope]);
  await play(session);
  const kept = await historyOf(session.handle, keepsLast);
  await harness.close();
  return kept;
}

async function ofLibrary(address: string, scenario: LibraryScenario) {
  const { workflow, workflowId, input, steps, before, during, fails } = scenario;
  const harness = await sessionHarness({ address });
  const { client, taskQueue, startWorker } = harness;
  await before?.(client);
  await startWorker(steps());
  const options = { workflowId, taskQueue, args: input === undefined ? [] : [input] };
  const handle = await client.workflow.start(workflow, options);
  await during?.(handle);
  const completed = await handle.result().then(
    () => true,
    () => false,
  );
  if (completed === (fails ?? false)) throw new Error(`${workflowId} ended in another way than it should`);
  const kept = await historyOf((runId) => client.workflow.getHandle(workflowId, runId));
  await harness.close();
  return kept;
}

async function historyOf(run: (runId?: string) => WorkflowHandle, last = false): Promise<Omit<HistoryFile, 'log'>> {
  const { workflowId, raw } = await run().describe();
  const runId = last ? undefined : raw.workflowExecutionInfo?.firstRunId;
  return { workflowId, history: JSON.parse(historyToJSON(await run(runId ?? undefined).fetchHistory())) };
}
