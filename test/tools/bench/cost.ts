/**
 * What one turn costs, for `docs/scale.md`: events and bytes of its history, tokens of its prompt and how many of them are
 * those of the turn before, MongoDB operations, and CPU of the two roles. `node test/tools/bench/cost.ts --turns 50`
 */
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { sessionWorkflowId } from '../../../src/domain/shared/ids.ts';
import { sessionId } from '../../../src/http/kernel/schemas/id-schemas.ts';
import { freePort } from '../../../src/local/stack/state/ports.ts';
import { startTestMongo, startTestTemporal } from '../../support/servers.ts';
import { startService } from '../../support/service.ts';
import { apiAt } from './client.ts';
import { startMongoProxy } from './mongo-proxy.ts';

const { values } = parseArgs({ options: { turns: { type: 'string', default: '50' } } });
const turns = Number(values.turns);

const given = (name: string) => {
  const address = process.env[name];
  return address === undefined ? null : { address, stop: async () => undefined };
};
const temporal = given('TEST_TEMPORAL_ADDRESS') ?? (await startTestTemporal());
const mongo = given('TEST_MONGODB_URI') ?? (await startTestMongo());
const proxy = await startMongoProxy(mongo.address);
process.env.TEST_TEMPORAL_ADDRESS = temporal.address;
process.env.TEST_MONGODB_URI = proxy.url;
const connection = await Connection.connect({ address: temporal.address });
const temporalClient = new Client({ connection });
/** What the context of a library may have, in tokens. */
const CONTEXTS = [4_000, 12_000, 32_000];
let running = await start(32_000);

try {
  const { api } = running;
  const recording = await api.meeting();
  const { end_user_id: owner } = await api.get(`/v1/recordings/${recording}`);
  await measure('recording', { type: 'recording', recording_id: recording });
  await measure('selected', { type: 'selected', recording_ids: [recording] }, { end_user_id: owner });
  for (const context of CONTEXTS) {
    await running.service.stop();
    running = await start(context);
    const library = await running.api.library();
    await measure(`library at ${context} tokens`, { type: 'library' }, { end_user_id: library });
  }
} finally {
  await connection.close();
  await running.service.stop();
  proxy.close();
  await Promise.all([temporal.stop(), mongo.stop()]);
}

async function start(context: number) {
  const metricsPort = await freePort();
  const settings = { LOG_LEVEL: 'warn', METRICS_PORT: String(metricsPort), CONTEXT_TOKENS: String(context) };
  const service = await startService({ settings });
  const { secret } = await service.client();
  return { service, metricsPort, api: apiAt(service.url, secret) };
}

async function measure(name: string, scope: object, owner: object = {}): Promise<void> {
  const { api } = running;
  const created = await api.post('/v1/ask/sessions', { scope, ...owner });
  const id = sessionId.parse(created.id);
  const ask = (i: number) => api.ask(id, `What is the selling price of the remote control? (${i})`);
  for (let i = 0; i < 5; i++) await ask(i);
  const before = await stand(id);
  const tokens = { input: 0, cached: 0 };
  for (let i = 0; i < turns; i++) {
    const { message } = await ask(i);
    tokens.input += message.tokens.input;
    tokens.cached += message.tokens.cached;
  }
  const after = await stand(id);
  const each = (was: number, is: number) => ((is - was) / turns).toFixed(1);
  print(`${name} scope, each of ${turns} turns on an open session:`);
  print(`  history  ${each(before.events, after.events)} events, ${each(before.bytes, after.bytes)} bytes`);
  print(
    `  prompt   ${Math.round(tokens.input / turns)} tokens, ${Math.round((100 * tokens.cached) / tokens.input)} % as the turn before`,
  );
  print(`  CPU      api ${each(before.api, after.api)} ms, worker ${each(before.worker, after.worker)} ms`);
  const operations = [...after.operations].map(
    ([operation, count]) => [operation, (count - (before.operations.get(operation) ?? 0)) / turns] as const,
  );
  print(`  MongoDB  ${operations.reduce((sum, [, count]) => sum + count, 0).toFixed(1)} operations`);
  for (const [operation, count] of operations.filter(([, count]) => count >= 0.05).sort()) {
    print(`           ${count.toFixed(1)} ${operation}`);
  }
}

async function stand(id: ReturnType<typeof sessionId.parse>) {
  const { historyLength, historySize } = await temporalClient.workflow.getHandle(sessionWorkflowId(id)).describe();
  const [api, worker] = await Promise.all(
    [running.service.url, `http://127.0.0.1:${running.metricsPort}`].map(cpuMilliseconds),
  );
  return {
    events: historyLength,
    bytes: historySize ?? 0,
    api: api ?? 0,
    worker: worker ?? 0,
    operations: proxy.counts(),
  };
}

async function cpuMilliseconds(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return 1_000 * Number(/^process_cpu_seconds_total (.+)$/m.exec(metrics)?.[1]);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
