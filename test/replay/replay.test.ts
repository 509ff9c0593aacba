import '../stack/workflows/quiet.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import { dataConverterFor } from '../../src/adapters/temporal/payloads/data-converter.ts';
import { workflowBundle, workflowInterceptors } from '../../src/adapters/temporal/worker/workflow-bundle.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { type CommittedRun, committedHistories, RELEASE } from './lib/histories.ts';
import { COMMAND_LOG, type Run, replay } from './lib/replay.ts';
import { LIBRARY_SCENARIOS } from './scenarios/library-scenarios.ts';
import { namesOf, SCENARIOS } from './scenarios/session-scenarios.ts';

const bundles = join(tmpdir(), 'ask-api-test-bundles');
const committed = committedHistories();

/** What is wrong with the replay of each run, by its name. Inputs may differ from those that an earlier release sent. */
async function findings(bundle: WorkflowBundleOption, runs: readonly Run[], dataConverter = {}) {
  const found = new Map<string, string>();
  for await (const { name, violation, difference } of replay(bundle, runs, dataConverter)) {
    const wrong = violation ?? (name.startsWith(`${RELEASE}/`) ? difference : null);
    if (wrong !== null) found.set(name, wrong);
  }
  return found;
}

const NOTHING = new Map();

describe('a committed history', () => {
  let bundle: WorkflowBundleOption;
  let found: Map<string, string>;
  beforeAll(async () => {
    bundle = await workflowBundle(bundles, {}, [COMMAND_LOG]);
    found = await findings(bundle, committed);
  }, 60_000);

  test.each(committed.map(({ name }) => name))('%s replays', (name) => {
    expect(found.get(name)).toBeUndefined();
  });

  test('that tells of another input of a step differs', async () => {
    const run = answered();
    const other = JSON.stringify(run.json).replace(
      /("activityType":\{"name":"generateAnswer"\}.*?"data":")[^"]+/,
      '$1e30=',
    );
    const history = historyFromJSON(JSON.parse(other));
    const changed = await findings(bundle, [{ name: run.name, history, log: null }]);
    expect(changed.get(run.name)).toMatch(
      'entry 1 in the history: {"sent":"scheduleActivity","of":"generateAnswer","carries":[{}]}',
    );
  });

  test('that was recorded with another input of a quick step differs', async () => {
    const run = answered();
    const log = run.log.map((entry) =>
      'sent' in entry && entry.of === 'gatherContext' ? { ...entry, carries: [] } : entry,
    );
    const changed = await findings(bundle, [{ ...run, log }]);
    expect(changed.get(run.name)).toMatch(
      'in the recording: {"sent":"scheduleLocalActivity","of":"gatherContext","carries":[]}',
    );
  });
});

test('with payload encryption switched on, histories from before replay', async () => {
  const dataConverter = dataConverterFor(loadConfig({ PAYLOAD_KEYS: `new:${Buffer.alloc(32, 7).toString('base64')}` }));
  const bundle = await workflowBundle(bundles, dataConverter, [COMMAND_LOG]);
  expect(await findings(bundle, committed, dataConverter)).toEqual(NOTHING);
}, 180_000);

test('with traces switched on, histories from before replay', async () => {
  const interceptors = workflowInterceptors({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' });
  const bundle = await workflowBundle(bundles, {}, [...interceptors, COMMAND_LOG]);
  expect(await findings(bundle, committed)).toEqual(NOTHING);
}, 180_000);

test('a workflow with a step that no recorded run had is caught by every history', async () => {
  const bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('scenarios/broken-workflows.ts', import.meta.url)),
  });
  const caught = await findings(bundle, committed);
  expect(
    committed.filter(({ name }) => !/nondeterminism/i.test(caught.get(name) ?? '')).map(({ name }) => name),
  ).toEqual([]);
}, 180_000);

test('every scenario has its history in this release', () => {
  const names = committedHistories(RELEASE).map(({ name }) => name);
  const scenarios = [...Object.entries(SCENARIOS).flatMap(namesOf), ...Object.keys(LIBRARY_SCENARIOS)];
  expect(names.sort()).toEqual(scenarios.map((name) => `${RELEASE}/${name}`).sort());
});

test('a history survives the way from JSON and back', () => {
  const { json } = answered();
  expect(JSON.parse(historyToJSON(historyFromJSON(json)))).toEqual(json);
});

test('no history has a path of the machine that recorded it', () => {
  expect(
    committed.filter(({ json }) => /\bat .*\.[jt]s:|file:/.test(JSON.stringify(json))).map(({ name }) => name),
  ).toEqual([]);
});

function answered(): CommittedRun {
  const run = committed.find(({ name }) => name === `${RELEASE}/library-answered`);
  if (run === undefined) throw new Error('the history of an answered turn over a library is missing');
  return run;
}
