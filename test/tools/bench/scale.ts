/**
 * What must not grow: a turn late in a long session, a turn over a full store, the memory of many open sessions, and
 * the way of the first word to the client. `npm run bench:scale`
 */
import { randomUUID } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectMongo } from '../../../src/adapters/mongo/index.ts';
import { question, startPair } from './pair.ts';
import { usage } from './processes.ts';
import { median, quantile, throughput, timed } from './statistics.ts';

const TURNS = 30;
const LONG_SESSION = 200;
const OPEN_SESSIONS = 1_000;
const [STORED_SESSIONS, STORED_MESSAGES] = [10_000, 50_000];

const tap = await startTap();
const pair = await startPair({ settings: { OPENAI_BASE_URL: `${tap.url}/openai/v1`, OPENAI_MODEL: 'sandbox' } });
tap.to(pair.service.sandboxUrl);
const { served, service, recording } = pair;
try {
  await firstWord();
  await longSession();
  await fullStore();
  await openSessions();
} finally {
  await pair.stop();
  tap.close();
}

/** From the model's first word, as it leaves the provider, to the first delta at the client. */
async function firstWord(): Promise<void> {
  const session = await served.session(recording);
  const times: number[] = [];
  for (let i = 0; i < TURNS; i++) times.push((await firstDelta(session, question(i))) - tap.firstWordAt());
  print('first word to the client', `${median(times).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`);
}

/** @returns when it came. */
async function firstDelta(session: string, content: string): Promise<number> {
  const response = await served.stream(`/v1/ask/sessions/${session}/messages`, { content });
  let at = Number.NaN;
  for await (const chunk of response.body ?? []) {
    if (Number.isNaN(at) && Buffer.from(chunk).includes('event: delta')) at = performance.now();
  }
  return at;
}

/** The prompt is kept equal: questions of one length, and a history that its budget cuts alike. */
async function longSession(): Promise<void> {
  const session = await served.session(recording);
  const ask = (i: number) => served.ask(session, question(i));
  const early = await timed(TURNS, 1, ask);
  await throughput(LONG_SESSION - 2 * TURNS, 1, ask);
  const late = await timed(TURNS, 1, ask);
  compare(`turn ${LONG_SESSION} against turn 2`, late, early);
  const { tokens } = (await ask(0)).message;
  print(
    'prompt shared with the turn before',
    `${Math.round((100 * tokens.cached) / tokens.input)} % of ${tokens.input} tokens`,
  );
}

async function fullStore(): Promise<void> {
  const ask = async () => {
    const session = await served.session(recording);
    return timed(TURNS, 1, (i) => served.ask(session, question(i)));
  };
  const empty = await ask();
  await fill();
  compare(`turn with ${STORED_MESSAGES} messages stored`, await ask(), empty);
}

/** Sessions and messages of other tenants, written past the service. */
async function fill(): Promise<void> {
  const mongo = await connectMongo(service.settings.MONGODB_URI ?? '', { appName: 'bench' });
  const owner = () => ({ projectId: `prj_${randomUUID()}`, mode: 'live', endUserId: `eu_${randomUUID()}` });
  const sessions = Array.from({ length: STORED_SESSIONS }, () => ({ _id: `as_${randomUUID()}`, ...owner() }));
  const insert = async (collection: string, documents: { _id: string }[]) => {
    for (let from = 0; from < documents.length; from += 1_000) {
      await mongo.collection<{ _id: string }>(collection).insertMany(documents.slice(from, from + 1_000));
    }
  };
  await insert('sessions', sessions);
  const content = 'The launch moved to May twelve because the review is late. '.repeat(5);
  const messages = Array.from({ length: STORED_MESSAGES }, (_, i) => {
    const { _id: sessionId, ...of } = sessions[i % STORED_SESSIONS] as (typeof sessions)[number];
    return { _id: `msg_${randomUUID()}`, ...of, sessionId, position: Math.floor(i / STORED_SESSIONS), content };
  });
  await insert('messages', messages);
  await mongo.close();
}

async function openSessions(): Promise<void> {
  const before = memory();
  await throughput(OPEN_SESSIONS, 16, async (i) => served.ask(await served.session(recording), question(i)));
  print(
    `memory with ${OPEN_SESSIONS} sessions`,
    `api + worker ${memory().toFixed(0)} MB, ${before.toFixed(0)} MB before`,
  );
}

function memory(): number {
  const uses = usage();
  return (uses.get('api')?.memory ?? 0) + (uses.get('worker')?.memory ?? 0);
}

function compare(name: string, times: number[], baseline: number[]): void {
  const ratio = median(times) / median(baseline);
  print(name, `${ratio.toFixed(2)} x (${median(baseline).toFixed(0)} → ${median(times).toFixed(0)} ms at the median)`);
}

/** Stands before the provider and notes when the first word of a streamed answer leaves it. */
async function startTap() {
  let provider = '';
  let at = Number.NaN;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const passed = request(`${provider}${url}`, { method, headers }, (reply) => {
      let first = true;
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.on('data', (chunk: Buffer) => {
        if (first && chunk.includes('"content":"')) {
          at = performance.now();
          first = false;
        }
      });
      reply.pipe(outgoing);
    });
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to: (url: string) => {
      provider = url;
    },
    firstWordAt: () => at,
    close: () => server.close(),
  };
}

function print(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(38)} ${value}\n`);
}
