/**
 * What durability costs: turns through the service against the same turns through the floor (`floor.ts`), in pairs, on
 * one Temporal, one MongoDB and one sandbox model. `npm run bench -- --turns 200`
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../src/embedded/ports.ts';
import { startRole } from '../support/process.ts';
import { startTestMongo, startTestTemporal } from '../support/servers.ts';
import { startService } from '../support/service.ts';
import { type Api, apiAt } from './client.ts';
import { median, quantile, throughput, timed } from './statistics.ts';

const { values } = parseArgs({
  options: { turns: { type: 'string', default: '100' }, synchronous: { type: 'string', default: 'FULL' } },
});
const turns = Number(values.turns);
const synchronous = values.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL';

const temporal = await startTestTemporal({ synchronous });
const mongo = await startTestMongo();
process.env.TEST_TEMPORAL_ADDRESS = temporal.address;
process.env.TEST_MONGODB_URI = mongo.address;
const service = await startService({ settings: { LOG_LEVEL: 'warn' } });
const port = String(await freePort());
const floor = await startRole('test/bench/floor.ts', { ...service.settings, PORT: port, LOG_LEVEL: 'warn' });

const { secret } = await service.client();
const api = apiAt(service.url, secret);
const floorApi = apiAt(`http://127.0.0.1:${port}`, secret);
const meeting = JSON.parse(readFileSync(new URL('../eval/meetings/ES2006a.json', import.meta.url), 'utf8'));
const recording = await api.recording(meeting.segments);
const QUESTIONS = [
  'What is the selling price?',
  'Who designs the interface?',
  'What about the profit?',
  'When is the next meeting?',
];
const question = (i: number) => `${QUESTIONS[i % QUESTIONS.length]} (${i})`;

try {
  print(`SQLite synchronous ${synchronous}; ${turns} turns a measurement; sandbox model\n`);
  await latencies();
  await creation();
  for (const concurrency of [16, 64]) await rates(concurrency);
  await historySize();
} finally {
  await floor.stop('SIGKILL');
  await service.stop();
  await Promise.all([temporal.stop(), mongo.stop()]);
}

/** Turns on an open session, one at a time, service and floor in turn so that noise hits both. */
async function latencies(): Promise<void> {
  const [served, floored] = [await api.session(recording), await floorApi.session(recording)];
  const times = { service: [] as number[], floor: [] as number[] };
  for (let i = 0; i < turns; i++) {
    times.service.push(...(await timed(1, 1, () => api.ask(served, question(i)))));
    times.floor.push(...(await timed(1, 1, () => floorApi.ask(floored, question(i)))));
  }
  report('turn on an open session', times);
}

async function creation(): Promise<void> {
  const create = (to: Api, i: number) =>
    to.post('/v1/ask/sessions', {
      scope: { type: 'recording', recording_id: recording },
      initial_message: { content: question(i) },
    });
  const times = { service: [] as number[], floor: [] as number[] };
  for (let i = 0; i < turns / 2; i++) {
    times.service.push(...(await timed(1, 1, () => create(api, i))));
    times.floor.push(...(await timed(1, 1, () => create(floorApi, i))));
  }
  report('first turn, with its session', times);
}

async function rates(concurrency: number): Promise<void> {
  const run = async (to: Api) => {
    const sessions = await Promise.all(Array.from({ length: concurrency }, () => to.session(recording)));
    return throughput(turns * 3, concurrency, (i, lane) => to.ask(sessions[lane] as string, question(i)));
  };
  const [served, floored] = [await run(api), await run(floorApi)];
  print(
    `throughput at ${concurrency}`.padEnd(30),
    `service ${served.perSecond.toFixed(1)}/s (p99 ${(quantile(served.times, 0.99) / median(served.times)).toFixed(1)} x p50)`,
    `  floor ${floored.perSecond.toFixed(1)}/s  ratio ${(served.perSecond / floored.perSecond).toFixed(2)}`,
  );
}

async function historySize(): Promise<void> {
  const session = await api.session(recording);
  const connection = await Connection.connect({ address: temporal.address });
  const handle = new Client({ connection }).workflow.getHandle(`ask-session/${session}`);
  const size = async () => {
    const { historyLength, historySize: bytes } = await handle.describe();
    return { events: historyLength, bytes: bytes ?? 0 };
  };
  const before = await size();
  for (let i = 0; i < 10; i++) await api.ask(session, question(i));
  const after = await size();
  print(
    `history of a turn: ${(after.events - before.events) / 10} events, ${Math.round((after.bytes - before.bytes) / 10)} bytes`,
  );
  await connection.close();
}

function report(name: string, { service: served, floor: floored }: { service: number[]; floor: number[] }): void {
  const ms = (values: number[]) => [0.5, 0.95, 0.99].map((q) => quantile(values, q).toFixed(0)).join('/');
  const added = median(served) - median(floored);
  print(
    name.padEnd(30),
    `service p50/p95/p99 ${ms(served)} ms  floor ${ms(floored)} ms`,
    ` added ${added.toFixed(1)} ms  ratio ${(median(served) / median(floored)).toFixed(2)}`,
  );
}

function print(...parts: string[]): void {
  process.stdout.write(`${parts.join(' ')}\n`);
}
