import { rm } from 'node:fs/promises';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import { connectMongo } from '../../../src/adapters/mongo/index.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { sessionWorkflowId } from '../../../workflows/contract.ts';
import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { modelAt } from '../../stack/faults/model.ts';
import { anAskableRecording } from '../../support/builders.ts';
import { type Answer, type Client, clientOf } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { untilDecided } from '../pairs/scene.ts';

let cluster: Cluster;
let client: Client;
let recordingId: string;
let connection: Connection;
let temporal: TemporalClient;
beforeAll(async () => {
  cluster = await startCluster();
  connection = await Connection.connect({ address: cluster.temporalAddress });
  temporal = new TemporalClient({ connection });
  client = clientOf(cluster.urls[0] ?? '', await cluster.createKey());
  recordingId = (await anAskableRecording(client)).recording.id;
}, 120_000);
afterAll(async () => {
  await connection?.close();
  await cluster?.close();
}, 60_000);

const { TEMPORAL_TASK_QUEUE: TASK_QUEUE } = loadConfig({});
const SESSIONS = 3;
/** One runs, two wait behind it. */
const TURNS = 3;

interface Asked {
  sessionId: `as_${string}`;
  send(): Promise<Answer>;
}

/** Turns that are asked and not answered: the model keeps them waiting. */
async function inFlight() {
  const model = modelAt(cluster.sandboxUrl);
  const before = await model.calls();
  await model.hold(undefined, SESSIONS);
  const asked: Asked[] = [];
  for (let i = 0; i < SESSIONS; i++) {
    const scope = { type: 'recording', recording_id: recordingId };
    const { body } = await client.post('/v1/ask/sessions', { scope });
    for (let turn = 0; turn < TURNS; turn++) {
      const headers = { 'idempotency-key': crypto.randomUUID() };
      const content = `When is the launch, ${turn}?`;
      const send = () => client.post(`/v1/ask/sessions/${body.id}/messages`, { content }, headers);
      asked.push({ sessionId: body.id, send });
    }
  }
  const first = asked.map(({ send }) => send().catch(() => null));
  await model.reached(before + SESSIONS);
  return { asked, first, model };
}

async function expectAnswered(asked: readonly Asked[]): Promise<void> {
  const answers = await Promise.all(asked.map(({ send }) => untilDecided(send)));
  expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 200));
  for (const sessionId of new Set(asked.map((each) => each.sessionId))) {
    const { body } = await client.get(`/v1/ask/sessions/${sessionId}/messages?limit=100`);
    const roles = body.data.map(({ role }: { role: string }) => role);
    expect(roles.toSorted()).toEqual([...Array(TURNS).fill('assistant'), ...Array(TURNS).fill('user')]);
  }
}

async function loseTemporal(): Promise<void> {
  await cluster.kill('temporal');
  for (const end of ['', '-wal', '-shm']) await rm(`${cluster.state.temporalDatabase}${end}`, { force: true });
}

test('turns whose runs are terminated, repeated with their keys, are all answered once', async () => {
  const { asked, first, model } = await inFlight();
  await model.clear();
  for (const id of new Set(asked.map(({ sessionId }) => sessionId))) {
    await temporal.workflow.getHandle(sessionWorkflowId(id)).terminate();
  }
  const answers = await Promise.all(first);
  expect(answers.filter((answer) => answer !== null && ![200, 503].includes(answer.status))).toEqual([]);
  await expectAnswered(asked);
}, 120_000);

test('turns whose Temporal loses its database, repeated with their keys, are all answered once', async () => {
  const { asked, first, model } = await inFlight();
  await loseTemporal();
  await model.clear();
  await cluster.start('temporal');
  await expectAnswered(asked);
  await Promise.all(first);
}, 120_000);

test('an erasure whose Temporal loses its database is done by the next maintenance', async () => {
  const { recording } = await anAskableRecording(client);
  const mongo = await connectMongo(cluster.settings.MONGODB_URI ?? '', { appName: 'test' });
  const pages = () => mongo.collection('segment_pages').countDocuments({ recordingId: recording.id });
  await cluster.kill('worker-0');
  expect((await client.delete(`/v1/recordings/${recording.id}`)).status).toBe(202);
  await loseTemporal();
  await cluster.start('temporal');
  await cluster.start('worker-0');
  expect(await pages()).toBe(1);
  await temporal.schedule.getHandle(`ask-maintain/${TASK_QUEUE}`).trigger();
  await eventually(async () => (await pages()) === 0);
  await mongo.close();
}, 120_000);
