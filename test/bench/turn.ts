/**
 * What durability costs: turns through the service against the same turns through the floor (`floor.ts`: the same handler
 * and the same steps in the request, without Temporal), in pairs and rounds. `npm run bench -- --turns 150`
 */
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { sessionWorkflowId } from '../../src/domain/ids.ts';
import { sessionId } from '../../src/http/schemas/ids.ts';
import type { Api } from './client.ts';
import { paired, question, type Rounds, startPair } from './pair.ts';
import { cpuOf } from './processes.ts';
import { median, quantile, throughput } from './statistics.ts';

const { values } = parseArgs({
  options: { turns: { type: 'string', default: '120' }, synchronous: { type: 'string', default: 'FULL' } },
});
const turns = Number(values.turns);
const synchronous = values.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL';
const ROUNDS = 3;

const pair = await startPair({ synchronous });
const { served, floored, recording } = pair;
try {
  print(
    `SQLite synchronous ${synchronous}; ${turns} turns in ${ROUNDS} rounds, median [range of the rounds]; sandbox model`,
  );
  await turnsOn('turn on an open session', turns);
  await creation();
  for (const ms of [200, 1_000]) {
    await pair.slowModel(ms);
    await turnsOn(`turn, model of ${ms} ms`, ms === 200 ? 30 : 12);
  }
  await pair.slowModel(0);
  for (const concurrency of [1, 16, 64]) await rates(concurrency);
  await history();
} finally {
  await pair.stop();
}

async function turnsOn(name: string, calls: number): Promise<void> {
  const [ours, theirs] = [await served.session(recording), await floored.session(recording)];
  const rounds = { rounds: ROUNDS, calls: Math.ceil(calls / ROUNDS) };
  report(
    name,
    await paired(
      rounds,
      (i) => served.ask(ours, question(i)),
      (i) => floored.ask(theirs, question(i)),
    ),
  );
}

async function creation(): Promise<void> {
  const scope = { type: 'recording', recording_id: recording };
  const create = (to: Api) => (i: number) =>
    to.post('/v1/ask/sessions', { scope, initial_message: { content: question(i) } });
  const rounds = { rounds: ROUNDS, calls: Math.ceil(turns / 2 / ROUNDS) };
  report('first turn, with its session', await paired(rounds, create(served), create(floored)));
}

async function rates(concurrency: number): Promise<void> {
  const calls = concurrency === 1 ? turns : turns * 2;
  const run = async (to: Api) => {
    const sessions = await Promise.all(Array.from({ length: concurrency }, () => to.session(recording)));
    let result = { perSecond: 0, times: [] as number[] };
    const cpu = await cpuOf(calls, async () => {
      result = await throughput(calls, concurrency, (i, lane) => to.ask(sessions[lane] as string, question(i)));
    });
    return { ...result, cpu };
  };
  const [ours, theirs] = [await run(served), await run(floored)];
  const spread = quantile(ours.times, 0.99) / median(ours.times);
  print(
    `throughput at ${concurrency}`.padEnd(30),
    `service ${ours.perSecond.toFixed(1)}/s (p99 ${spread.toFixed(1)} x p50)  floor ${theirs.perSecond.toFixed(1)}/s `,
    `ratio ${(ours.perSecond / theirs.perSecond).toFixed(2)}`,
  );
  const used = [...ours.cpu].filter(([name]) => name !== 'floor').map(([name, ms]) => `${name} ${ms.toFixed(0)}`);
  if (used.length > 0) print(`  CPU ms a turn`.padEnd(30), used.join(', '));
}

async function history(): Promise<void> {
  const id = sessionId.parse(await served.session(recording));
  const connection = await Connection.connect({ address: pair.temporalAddress });
  const handle = new Client({ connection }).workflow.getHandle(sessionWorkflowId(id));
  const size = async () => {
    const { historyLength: events, historySize: bytes = 0 } = await handle.describe();
    return { events, bytes };
  };
  await served.ask(id, question(0));
  const before = await size();
  for (let i = 1; i <= 10; i++) await served.ask(id, question(i));
  const after = await size();
  const [events, bytes] = [(after.events - before.events) / 10, (after.bytes - before.bytes) / 10];
  print('history of a turn'.padEnd(30), `${events} events, ${Math.round(bytes)} bytes`);
  await connection.close();
}

function report(name: string, { service, floor, added, ratio }: Rounds): void {
  const ms = (times: number[]) => [0.5, 0.95, 0.99].map((q) => quantile(times, q).toFixed(0)).join('/');
  const range = (of: number[], digits: number) =>
    `${median(of).toFixed(digits)} [${Math.min(...of).toFixed(digits)}–${Math.max(...of).toFixed(digits)}]`;
  print(
    name.padEnd(30),
    `service p50/p95/p99 ${ms(service)} ms  floor ${ms(floor)} ms  added ${range(added, 1)} ms  ratio ${range(ratio, 2)}`,
  );
}

function print(...parts: string[]): void {
  process.stdout.write(`${parts.join(' ')}\n`);
}
