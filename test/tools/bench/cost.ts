/**
 * What one turn costs, for `docs/scale.md`: events and bytes of its history, MongoDB operations, and CPU of the two
 * roles. `node test/tools/bench/cost.ts --turns 50`
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
const metricsPort = await freePort();
const service = await startService({ settings: { LOG_LEVEL: 'warn', METRICS_PORT: String(metricsPort) } });
const connection = await Connection.connect({ address: temporal.address });
const temporalClient = new Client({ connection });
const { secret } = await service.client();
const api = apiAt(service.url, secret);
const recording = await api.meeting();
const { end_user_id: owner } = await api.get(`/v1/recordings/${recording}`);

try {
  await measure('recording', { type: 'recording', recording_id: recording });
  await measure('selected', { type: 'selected', recording_ids: [recording] }, { end_user_id: owner });
} finally {
  await connection.close();
  await service.stop();
  proxy.close();
  await Promise.all([temporal.stop(), mongo.stop()]);
}

async function measure(name: string, scope: object, owner: object = {}): Promise<void> {
  const created = await api.post('/v1/ask/sessions', { scope, ...owner });
  const id = sessionId.parse(created.id);
  const ask = (i: number) => api.ask(id, `What is the selling price of the remote control? (${i})`);
  for (let i = 0; i < 5; i++) await ask(i);
  const before = await stand(id);
  for (let i = 0; i < turns; i++) await ask(i);
  const after = await stand(id);
  const each = (was: number, is: number) => ((is - was) / turns).toFixed(1);
  print(`${name} scope, each of ${turns} turns on an open session:`);
  print(`  history  ${each(before.events, after.events)} events, ${each(before.bytes, after.bytes)} bytes`);
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
  const [api, worker] = await Promise.all([service.url, `http://127.0.0.1:${metricsPort}`].map(cpuMilliseconds));
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
