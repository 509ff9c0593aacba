import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../../../src/local/stack/state/ports.ts';
import { ERASE, eraseWorkflowId, INDEX_TRANSCRIPT, indexWorkflowId } from '../../../../workflows/contract.ts';
import { anAskableRecording } from '../../../support/builders.ts';
import { eventually } from '../../../support/eventually.ts';
import { clearFaults, orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let own: string;
let sdk: string;
const said = 'When is the launch of the app?';
const ids: string[] = [];

beforeAll(async () => {
  const [port, sdkPort] = [await freePort(), await freePort()];
  service = await startService({
    settings: {
      METRICS_PORT: String(port),
      WORKER_METRICS_ADDRESS: `127.0.0.1:${sdkPort}`,
      MODEL_PRICES: JSON.stringify({ sandbox: { input: 1_000_000, output: 2_000_000, cached: 0 } }),
    },
  });
  [own, sdk] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${sdkPort}`];
  const client = await service.client();
  const { endUser, recording } = await anAskableRecording(client);
  await orderFault(service.sandboxUrl, { provider: 'openai', status: 503 });
  const { body } = await client.post('/v1/ask/sessions', {
    scope: { type: 'recording', recording_id: recording.id },
    initial_message: { content: said, provider: 'openai' },
  });
  ids.push(client.projectId, endUser.id, recording.id, body.session_id);
}, 120_000);
afterAll(async () => {
  await clearFaults(service.sandboxUrl);
  await service?.stop();
});

const scrape = async (url: string) => (await fetch(`${url}/metrics`)).text();
const value = (metrics: string, name: string, ...labels: string[]) =>
  Number(
    metrics
      .split('\n')
      .find((line) => line.startsWith(name) && labels.every((label) => line.includes(label)))
      ?.split(' ')
      .at(-1),
  );

test('a worker counts the attempts of models by outcome, their tokens and their cost', async () => {
  const metrics = await scrape(own);
  const attempts = 'ask_model_attempt_duration_seconds_count';
  expect(value(metrics, attempts, 'provider="openai"', 'outcome="ok"')).toBe(1);
  expect(value(metrics, attempts, 'provider="openai"', 'outcome="overloaded"')).toBe(1);
  const [input, output, cached] = ['input', 'output', 'cached'].map((kind) =>
    value(metrics, 'ask_model_tokens_total', 'provider="openai"', 'model="sandbox"', `kind="${kind}"`),
  ) as [number, number, number];
  expect(input).toBeGreaterThan(0);
  expect(value(metrics, 'ask_model_cost_total', 'model="sandbox"')).toBeCloseTo(input - cached + 2 * output, 3);
});

test("the SDK's own metrics are served beside them", async () => {
  expect(await scrape(sdk)).toMatch(/^temporal_worker_task_slots_available\{/m);
});

test('no metric tells of a tenant or of what was said', async () => {
  const all = (await scrape(own)) + (await scrape(sdk)) + (await scrape(service.url));
  expect([...ids, said].filter((text) => all.includes(text))).toEqual([]);
});

test('a worker tells that it lives and works', async () => {
  const states = await Promise.all(['/healthz', '/readyz'].map((path) => fetch(own + path)));
  expect(states.map(({ status }) => status)).toEqual([200, 200]);
});

test('a worker counts erasures that have not finished for ten minutes', async () => {
  const connection = await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS ?? '' });
  const { workflow } = new Client({ connection });
  const client = await service.client();
  const { endUser, recording, transcription } = await anAskableRecording(client);
  await workflow.getHandle(indexWorkflowId(transcription.id)).result();
  // An index run that nobody takes up: the erasure waits for its end.
  const indexing = await workflow.start(INDEX_TRANSCRIPT, {
    workflowId: indexWorkflowId(transcription.id),
    taskQueue: 'without-a-worker',
  });
  const erasing = await workflow.start(ERASE, {
    workflowId: eraseWorkflowId(recording.id),
    taskQueue: service.settings.TEMPORAL_TASK_QUEUE ?? '',
    args: [
      {
        tenant: { projectId: client.projectId, mode: 'test', endUserId: null },
        target: { type: 'recording', id: recording.id, endUserId: endUser.id },
        since: 1,
      },
    ],
  });
  await eventually(async () => value(await scrape(sdk), 'ask_erasures_overdue_total') === 1);
  await indexing.terminate();
  await erasing.result();
  await connection.close();
}, 60_000);

test('a worker forgets the run of a session that is deleted while it is open', async () => {
  const client = await service.client();
  const { recording } = await anAskableRecording(client);
  const kept = async () => value(await scrape(sdk), 'temporal_sticky_cache_size');
  const before = await kept();
  const scope = { type: 'recording', recording_id: recording.id };
  const { body } = await client.post('/v1/ask/sessions', { scope, initial_message: { content: said } });
  await eventually(async () => (await kept()) > before);
  expect((await client.delete(`/v1/ask/sessions/${body.session_id}`)).status).toBe(204);
  await eventually(async () => (await kept()) <= before);
}, 30_000);

/** Counted only once it happens; the names stand in the SDK. */
const ONLY_WHEN_IT_HAPPENS = ['temporal_workflow_task_execution_failed_total', 'temporal_sticky_cache_miss_total'];

test.each(['alerts.yml', 'grafana/ask.json'])(
  'deploy/monitoring/%s asks only for metrics that are served',
  async (file) => {
    const all = (await scrape(own)) + (await scrape(sdk)) + (await scrape(service.url));
    const served = new Set([...all.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name as string));
    const asked = readFileSync(`deploy/monitoring/${file}`, 'utf8').match(/\b(temporal|ask|http|process)_\w+\b/g) ?? [];
    const names = new Set(asked.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
    expect(names.size).toBeGreaterThan(5);
    expect([...names].filter((name) => !served.has(name) && !ONLY_WHEN_IT_HAPPENS.includes(name))).toEqual([]);
  },
);
