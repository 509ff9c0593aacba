/**
 * What durability costs: turns through the service against the same turns through the floor (`floor.ts`: the same handler
 * and the same steps in the request, without Temporal), in pairs and rounds. `npm run bench -- --turns 150`
 */
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { sessionWorkflowId } from '../../../src/domain/shared/ids.ts';
import { sessionId } from '../../../src/http/kernel/schemas/id-schemas.ts';
import type { Api } from './client.ts';
import { asking, paired, question, type Rounds, startPair } from './pair.ts';
import { cpuOf, usage } from './processes.ts';
import { median, quantile, throughput } from './statistics.ts';

const { values } = parseArgs({
  options: { turns: { type: 'string', default: '120' }, synchronous: { type: 'string', default: 'FULL' } },
});
const turns = Number(values.turns);
const synchronous = values.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL';
const ROUNDS = 3;
const WARM_LANES = 16;
/** Turns of each lane before anything is measured: V8 has optimized by then what a turn needs. */
const WARM_TURNS = 40;
/** Turns of a round at several sessions: with fewer, the lanes that end first leave the others a machine that idles. */
const SUSTAINED = 480;
/** Turns of each lane before a round of throughput. */
const LEAD = 5;

const pair = await startPair({ synchronous });
const { served, floored, recording } = pair;
try {
  print(
    `SQLite synchronous ${synchronous}; ${turns} turns in ${ROUNDS} rounds, median [range of the rounds]; sandbox model`,
  );
  await warmUp();
  await turnsOn('turn on an open session', turns);
  await creation();
  for (const ms of [200, 1_000]) {
    await pair.slowModel(ms);
    await turnsOn(`turn, model of ${ms} ms`, ms === 200 ? 30 : 12);
  }
  await pair.slowModel(0);
  for (const concurrency of [1, 16, 64]) await rates(concurrency);
  await history();
  memory();
} finally {
  await pair.stop();
}

/** A process that has just started compiles its code while it answers. */
async function warmUp(): Promise<void> {
  for (const api of [served, floored]) {
    await throughput(WARM_TURNS * WARM_LANES, WARM_LANES, await lanesOf(api, WARM_LANES));
  }
}

/** Asks in as many sessions as there are lanes, each in its own. */
async function lanesOf(api: Api, count: number) {
  const sessions = await Promise.all(Array.from({ length: count }, () => api.session(recording)));
  return (i: number, lane: number) => api.ask(sessions[lane] as string, question(i));
}

async function turnsOn(name: string, calls: number): Promise<void> {
  const rounds = { rounds: ROUNDS, calls: Math.ceil(calls / ROUNDS) };
  report(name, await paired(rounds, ...(await asking(pair, recording))));
}

async function creation(): Promise<void> {
  const scope = { type: 'recording', recording_id: recording };
  const create = (to: Api) => (i: number) =>
    to.post('/v1/ask/sessions', { scope, initial_message: { content: question(i) } });
  const rounds = { rounds: ROUNDS, calls: Math.ceil(turns / 2 / ROUNDS) };
  report('first turn, with its session', await paired(rounds, create(served), create(floored)));
}

async function rates(concurrency: number): Promise<void> {
  const calls = concurrency === 1 ? turns / 2 : Math.max(turns, SUSTAINED);
  const run = async (to: Api) => {
    const ask = await lanesOf(to, concurrency);
    // The other one has had the machine until now.
    await throughput(LEAD * concurrency, concurrency, ask);
    let result = { perSecond: 0, times: [] as number[] };
    const cpu = await cpuOf(calls, async () => {
      result = await throughput(calls, concurrency, ask);
    });
    return { ...result, cpu };
  };
  const [ours, theirs]: [Awaited<ReturnType<typeof run>>[], Awaited<ReturnType<typeof run>>[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await run(served));
    theirs.push(await run(floored));
  }
  const rate = (of: typeof ours) => `${ranged(of.map(({ perSecond }) => perSecond))}/s`;
  const spread = ours.map(({ times }) => quantile(times, 0.99) / median(times));
  print(
    `throughput at ${concurrency}`.padEnd(30),
    `service ${rate(ours)} (p99 ${ranged(spread)} x p50)  floor ${rate(theirs)} `,
    `ratio ${ranged(
      ours.map(({ perSecond }, i) => perSecond / (theirs[i]?.perSecond ?? Number.NaN)),
      2,
    )}`,
  );
  const used = (name: string) => median(ours.map(({ cpu }) => cpu.get(name) ?? Number.NaN)).toFixed(0);
  const names = [...(ours[0]?.cpu.keys() ?? [])].filter((name) => name !== 'floor');
  if (names.length > 0) print(`  CPU ms a turn`.padEnd(30), names.map((name) => `${name} ${used(name)}`).join(', '));
}

function memory(): void {
  const used = [...usage()].map(([name, { memory: megabytes }]) => `${name} ${megabytes.toFixed(0)}`);
  if (used.length > 0) print('memory, MB'.padEnd(30), used.join(', '));
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
  print(
    name.padEnd(30),
    `service p50/p95/p99 ${ms(service)} ms  floor ${ms(floor)} ms  added ${ranged(added)} ms  ratio ${ranged(ratio, 2)}`,
  );
}

/** The median of the rounds, and their range. */
function ranged(of: number[], digits = 1): string {
  return `${median(of).toFixed(digits)} [${Math.min(...of).toFixed(digits)}–${Math.max(...of).toFixed(digits)}]`;
}

function print(...parts: string[]): void {
  process.stdout.write(`${parts.join(' ')}\n`);
}
