/**
 * What removal costs others, with much stored: turns of one project, alone and while another one deletes sessions and
 * recordings; and how long a DELETE takes that waits for no other one. `npm run bench:removal`
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectMongo } from '../../../src/adapters/mongo/index.ts';
import { apiAt } from '../bench/client.ts';
import { question, startPair } from '../bench/pair.ts';
import { median, quantile, timed } from '../bench/statistics.ts';

const [CHUNKS, MESSAGES] = [500_000, 100_000];
const A_TRANSCRIPT = 500;
const A_SESSION = 20;
/** Turns alone and turns beside removals, in so many rounds of so many each. */
const [ROUNDS, TURNS, REMOVALS] = [4, 15, 15];
const PAUSE_MS = 250;
/** DELETEs by themselves, each so long after the last one that its project's turn has come. */
const [SINGLE, APART_MS] = [10, 1_000];
const WORST_RATIO = 1.3;
const WORST_MS = 200;

interface Prepared {
  recording: string;
  session: string;
}

const pair = await startPair();
try {
  const { served, service, recording } = pair;
  const other = await service.client();
  const removing = apiAt(service.url, other.secret);
  await fill(other.projectId);
  const { id: owner } = await removing.post('/v1/end_users', {});
  const session = await served.session(recording);
  const turns = () => timed(TURNS, 1, (i) => served.ask(session, question(i)));
  await turns();
  const prepared: Prepared[] = [];
  for (let i = 0; i < ROUNDS * REMOVALS; i++) prepared.push(await prepareOne(owner));
  const spare: string[] = [];
  for (let i = 0; i < SINGLE; i++) spare.push((await prepareOne(owner)).session);
  const alone: number[] = [];
  const beside: number[] = [];
  let removed = 0;
  // In turn, so that noise hits both.
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(...(await turns()));
    let isOver = false;
    const removals = (async () => {
      for (const one of prepared.splice(0, REMOVALS)) {
        if (isOver) break;
        await removeBoth(one);
        removed++;
      }
    })();
    beside.push(...(await turns()));
    isOver = true;
    await removals;
  }
  const taken: number[] = [];
  for (let i = 0; i < SINGLE; i++) {
    await sleep(APART_MS);
    taken.push(...(await timed(1, 1, () => removing.send('DELETE', `/v1/ask/sessions/${spare[i]}`))));
  }
  const ratio = median(beside) / median(alone);
  const work = quantile(taken, 0.9);
  print(
    `turn beside ${removed} removals: ${ratio.toFixed(2)} x (${median(alone).toFixed(0)} → ${median(beside).toFixed(0)} ms at the median)`,
  );
  print(`DELETE of a session: median ${median(taken).toFixed(0)} ms, p90 ${work.toFixed(0)} ms`);
  process.exitCode = ratio > WORST_RATIO || work > WORST_MS ? 1 : 0;

  /** A session with its messages, and a recording with its transcript. */
  async function prepareOne(endUser: string): Promise<Prepared> {
    const { id } = await removing.post('/v1/recordings', { end_user_id: endUser, name: 'Removed' });
    const segments = [{ start: 0, end: 1, text: 'Said once, and removed soon.' }];
    await removing.post(`/v1/recordings/${id}/transcriptions`, { segments });
    const session = await removing.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUser });
    await removing.ask(session.id, 'What was said?');
    return { recording: id, session: session.id };
  }

  async function removeBoth({ session, recording }: Prepared): Promise<void> {
    await removing.send('DELETE', `/v1/ask/sessions/${session}`);
    await removing.send('DELETE', `/v1/recordings/${recording}`);
    await sleep(PAUSE_MS);
  }
} finally {
  await pair.stop();
}

/** Chunks and messages of the project that removes, all of one end user, written past the service. */
async function fill(projectId: string): Promise<void> {
  const mongo = await connectMongo(pair.service.settings.MONGODB_URI ?? '', { appName: 'bench' });
  const owner = { projectId, mode: 'test', endUserId: `eu_${randomUUID()}` };
  const text = 'The launch moved to May twelve because the review is late. '.repeat(10);
  await insert('chunks', CHUNKS, (i) => {
    const transcript = Math.floor(i / A_TRANSCRIPT);
    const of = { recordingId: `rec_${transcript}`, transcriptionId: `txn_${transcript}` };
    return { _id: `chk_${i}`, ...owner, ...of, index: i % A_TRANSCRIPT, text, startMs: 0, endMs: 1 };
  });
  await insert('messages', MESSAGES, (i) => {
    const sources = [{ chunkId: `chk_${i}`, recordingId: `rec_${i % 1_000}`, text: text.slice(0, 300) }];
    const sessionId = `as_${Math.floor(i / A_SESSION)}`;
    return { _id: `msg_${i}`, ...owner, sessionId, position: i % A_SESSION, role: 'assistant', sources };
  });
  await mongo.close();
  print(`${CHUNKS} chunks and ${MESSAGES} messages are stored`);

  async function insert(name: string, count: number, documentAt: (i: number) => { _id: string }): Promise<void> {
    const collection = mongo.collection<{ _id: string }>(name);
    for (let from = 0; from < count; from += 1_000) {
      await collection.insertMany(
        Array.from({ length: Math.min(1_000, count - from) }, (_, i) => documentAt(from + i)),
      );
    }
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
