import { Connection, Client as TemporalClient } from '@temporalio/client';
import type { Connection as MongoConnection } from 'mongoose';
import { connectMongo } from '../../../../src/adapters/mongo/index.ts';
import { anEndUser } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { eventually } from '../../../support/eventually.ts';
import { onlyJson, runAsk } from '../../../support/run-ask.ts';
import { type Service, startService } from '../../../support/service.ts';

const DAY_MS = 86_400_000;

let service: Service;
let mongo: MongoConnection;
let temporal: TemporalClient;
beforeAll(async () => {
  service = await startService({ settings: { TURN_BUDGET_MS: '2000' } });
  mongo = await connectMongo(service.settings.MONGODB_URI ?? '', { appName: 'test' });
  temporal = new TemporalClient({
    connection: await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS ?? '' }),
  });
}, 60_000);
afterAll(async () => {
  await temporal?.connection.close();
  await mongo?.close();
  await service?.stop();
});

/** A session in which nothing has happened for so many days. */
async function aSession(client: Client, quietDays: number): Promise<string> {
  const { id: endUserId } = await anEndUser(client);
  const { body } = await client.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: endUserId });
  const updatedAt = new Date(Date.now() - quietDays * DAY_MS).toISOString();
  await mongo.collection<{ _id: string }>('sessions').updateOne({ _id: body.id }, { $set: { updatedAt } });
  return body.id;
}

type Late = Record<'projectId' | 'mode' | 'endUserId' | 'sessionId' | 'role', string> & { _id: string };

/** What the schedule starts every hour. */
async function maintain(): Promise<void> {
  const taskQueue = service.settings.TEMPORAL_TASK_QUEUE ?? '';
  await temporal.workflow.execute('maintain', { workflowId: `test-maintain/${taskQueue}/${Date.now()}`, taskQueue });
}

async function retain(client: Client, days: string) {
  const name = `project ${client.projectId}`;
  await mongo.collection<{ _id: string }>('projects').updateOne({ _id: client.projectId }, { $set: { name } });
  return runAsk(['projects', 'set', name, '--retention-days', days, '--json'], service.settings);
}

const statusOf = async (client: Client, id: string) => (await client.get(`/v1/ask/sessions/${id}`)).status;

test('sessions past the retention of their project are erased, with their runs, and no other', async () => {
  const [client, keeper] = [await service.client(), await service.client({ mode: 'live' })];
  const live = await service.client({ projectId: client.projectId, mode: 'live' });
  expect(onlyJson(await retain(client, '30'))).toMatchObject({ id: client.projectId, ask_retention_days: 30 });
  const old = await aSession(client, 31);
  const oldLive = await aSession(live, 31);
  const recent = await aSession(client, 29);
  const kept = await aSession(keeper, 4_000);
  // More than one batch.
  const many = await Promise.all(Array.from({ length: 25 }, () => aSession(client, 40)));

  await maintain();

  const statuses = [
    [client, old],
    [live, oldLive],
    [client, recent],
    [keeper, kept],
  ] as const;
  expect(await Promise.all(statuses.map(([who, id]) => statusOf(who, id)))).toEqual([404, 404, 200, 200]);
  expect(new Set(await Promise.all(many.map((id) => statusOf(client, id))))).toEqual(new Set([404]));
  await expect(temporal.workflow.getHandle(`ask-session/${old}`).describe()).rejects.toThrow('not found');
}, 60_000);

test('what a frozen process writes to an expired session is found by the second look', async () => {
  const client = await service.client();
  await retain(client, '30');
  const sessionId = await aSession(client, 31);
  const { end_user_id: endUserId } = (await client.get(`/v1/ask/sessions/${sessionId}`)).body;
  await maintain();
  const owner = { projectId: client.projectId, mode: 'test', endUserId };
  const messages = mongo.collection<Late>('messages');
  await messages.insertOne({ _id: 'msg_late', ...owner, sessionId, role: 'user' });
  await eventually(async () => (await messages.countDocuments({ sessionId })) === 0);
}, 60_000);

test('a project whose retention was taken back keeps its sessions', async () => {
  const client = await service.client();
  await retain(client, '1');
  expect(onlyJson(await retain(client, 'none'))).toMatchObject({ ask_retention_days: null });
  const id = await aSession(client, 1_000);
  await maintain();
  expect(await statusOf(client, id)).toBe(200);
});

test.each(['0', '1.5', '-1', 'soon', '99999999'])('a retention of %s days is refused', async (days) => {
  const { code, stderr } = await retain(await service.client(), days);
  expect(code).not.toBe(0);
  expect(stderr).toContain('takes 1 to 36500 days');
});

test('a project that does not exist cannot be set', async () => {
  const { code, stderr } = await runAsk(['projects', 'set', 'nobody', '--retention-days', '1'], service.settings);
  expect([code, stderr]).toEqual([1, expect.stringContaining('There is no project nobody')]);
});
