import '../stack/workflows/quiet.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { dataConverterFor } from '../../src/adapters/temporal/payloads/data-converter.ts';
import { workflowBundle, workflowInterceptors } from '../../src/adapters/temporal/worker/workflow-bundle.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { LIBRARY_SCENARIOS } from './library-scenarios.ts';
import { SCENARIOS } from './scenarios.ts';

const folder = new URL('histories/', import.meta.url);
const recorded = readdirSync(folder).map((file) => {
  const { workflowId, history } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return { name: file.replace('.json', ''), workflowId, history };
});

/** Where spans of workflows go, where the bundle makes them. */
const sinks = { exporter: { export: { fn: () => {} } } };

const replay = (
  bundle: WorkflowBundleOption,
  { history, workflowId }: (typeof recorded)[number],
  dataConverter: DataConverter = {},
) => Worker.runReplayHistory({ workflowBundle: bundle, dataConverter, sinks }, historyFromJSON(history), workflowId);

describe('a committed history replays', () => {
  let bundle: WorkflowBundleOption;
  beforeAll(async () => {
    bundle = await workflowBundle(join(tmpdir(), 'ask-api-test-bundles'));
  }, 60_000);

  test.each(recorded.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    await replay(bundle, one);
  });
});

describe('with payload encryption switched on, a history from before', () => {
  const dataConverter = dataConverterFor(loadConfig({ PAYLOAD_KEYS: `new:${Buffer.alloc(32, 7).toString('base64')}` }));
  let bundle: WorkflowBundleOption;
  beforeAll(async () => {
    bundle = await workflowBundle(join(tmpdir(), 'ask-api-test-bundles'), dataConverter);
  }, 60_000);

  test.each(recorded.map((one) => [one.name, one] as const))('%s still replays', async (_name, one) => {
    await replay(bundle, one, dataConverter);
  });
});

describe('with traces switched on, a history from before', () => {
  let bundle: WorkflowBundleOption;
  beforeAll(async () => {
    const interceptors = workflowInterceptors({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' });
    bundle = await workflowBundle(join(tmpdir(), 'ask-api-test-bundles'), {}, interceptors);
  }, 60_000);

  test.each(recorded.map((one) => [one.name, one] as const))('%s still replays', async (_name, one) => {
    await replay(bundle, one);
  });
});

describe('a workflow with a step that no recorded run had', () => {
  let broken: WorkflowBundleOption;
  beforeAll(async () => {
    broken = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('broken-workflows.ts', import.meta.url)),
    });
  }, 60_000);

  test.each(recorded.map((one) => [one.name, one] as const))('is caught by %s', async (_name, one) => {
    await expect(replay(broken, one)).rejects.toThrow(DeterminismViolationError);
  });
});

test('every scenario has its history', () => {
  expect(recorded.map((one) => one.name).sort()).toEqual(Object.keys({ ...SCENARIOS, ...LIBRARY_SCENARIOS }).sort());
});

test('a history survives the way from JSON and back', () => {
  const { history } = recorded[0] as (typeof recorded)[number];
  expect(JSON.parse(historyToJSON(historyFromJSON(history)))).toEqual(history);
});
