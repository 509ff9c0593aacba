import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection, Client as TemporalClient, WorkflowNotFoundError } from '@temporalio/client';
import { connectMongo } from '../../../src/adapters/mongo/index.ts';
import { emptyLog, sqliteFilesIn } from '../../../src/local/stack/servers/short-logs.ts';
import { eraseWorkflowId, sessionWorkflowId } from '../../../workflows/contract.ts';
import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { anEndUser, aRecording, aTranscript, indexed } from '../../support/builders.ts';
import { type Client, clientOf } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { runAsk } from '../../support/run-ask.ts';

let cluster: Cluster;
let client: Client;
beforeAll(async () => {
  cluster = await startCluster({ settings: { SESSION_IDLE_MS: '500', LOG_LEVEL: 'debug' } });
  client = clientOf(cluster.urls[0] ?? '', await cluster.createKey());
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

/** Sessions that are deleted as soon as their runs have closed. */
const CLOSED = 10;

/** A word that stands nowhere else; the models quote it, and the index finds it. */
const planted = (of: string) => `zq${of}${crypto.randomUUID().replaceAll('-', '')}`;
const WORDS = Object.fromEntries(
  ['transcript', 'replaced', 'question', 'title', 'name', 'person', 'metadata'].map((of) => [of, planted(of)]),
) as Record<string, string>;

const segments = (word = '') => [
  { start: 0, end: 5, speaker: WORDS.person, text: `The launch of ${word} moved to May twelve.` },
];

/** The files of the service that hold one of the words. */
async function filesWith(words: readonly string[]): Promise<string[]> {
  const names = await readdir(cluster.state.root, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    names
      .filter((each) => each.isFile())
      .map(async ({ parentPath, name }) => {
        const content = await readFile(join(parentPath, name)).catch(() => Buffer.alloc(0));
        return words.filter((word) => content.includes(word)).map((word) => `${name}: ${word}`);
      }),
  );
  return found.flat();
}

async function emptyLogs(): Promise<void> {
  const files = [cluster.state.temporalDatabase, ...(await sqliteFilesIn(join(cluster.state.mongodb, 'ferretdb')))];
  for (const file of files) await emptyLog(file);
}

/** Plants the words wherever the service takes words, and lets models and index carry them on. */
async function plant() {
  const fields = { name: WORDS.name, metadata: { note: WORDS.metadata } };
  const { id: endUserId } = await anEndUser(client, fields);
  const { id: recordingId } = await aRecording(client, endUserId, { ...fields, name: `Sync ${WORDS.name}` });
  await aTranscript(client, recordingId, segments(WORDS.replaced));
  const path = `/v1/recordings/${recordingId}/transcriptions`;
  await indexed(client, (await client.post(path, { segments: segments(WORDS.transcript) })).body.id);
  const content = `When is the launch of ${WORDS.transcript}, ${WORDS.question}?`;
  for (const scope of [{ type: 'recording', recording_id: recordingId }, { type: 'library' }]) {
    const session = { scope, title: `About ${WORDS.title}`, end_user_id: endUserId };
    const { body } = await client.post('/v1/ask/sessions', { ...session, initial_message: { content } });
    expect(body.message.content).toContain(WORDS.transcript);
    const place = `/v1/ask/sessions/${body.session_id}/messages`;
    const later = await client.post(place, { content: `And ${content}` }, { prefer: 'respond-async' });
    const events = await client.get(`${later.headers.get('location')}/events`);
    expect(events.body).toContain(WORDS.transcript);
  }
  await client.post('/v1/recordings/search', { query: WORDS.transcript, end_user_id: endUserId });
  return endUserId;
}

test('no word of an erased end user stays in a collection, the index, a log, Temporal, or a file under them', async () => {
  const words = Object.values(WORDS);
  const endUserId = await plant();
  expect((await filesWith(words)).length).toBeGreaterThan(3);
  expect((await client.delete(`/v1/end_users/${endUserId}`)).status).toBe(202);
  await eventually(async () => {
    await emptyLogs();
    return (await filesWith(words)).length === 0;
  });
  expect(existsSync(cluster.state.temporalDatabase)).toBe(true);
}, 120_000);

test('of an erased recording nothing stays that a model did not write into an answer of a session that stays', async () => {
  const words = {
    ...{ name: planted('name'), metadata: planted('metadata') },
    ...{ aside: planted('aside'), person: planted('person') },
  };
  const { id: endUserId } = await anEndUser(client);
  const fields = { name: words.name, metadata: { note: words.metadata } };
  const { id: recordingId } = await aRecording(client, endUserId, fields);
  const cited = { start: 0, end: 5, speaker: 'Ana', text: 'The launch moved to May twelve.' };
  const aside = { start: 6, end: 9, speaker: `Ben ${words.person}`, text: `Then ${words.aside} came.` };
  await aTranscript(client, recordingId, [cited, aside]);
  const scopes = [{ type: 'library' }, { type: 'selected', recording_ids: [recordingId] }];
  const paths = scopes.map(async (scope) => {
    const session = { scope, end_user_id: endUserId };
    const { body } = await client.post('/v1/ask/sessions', session);
    const path = `/v1/ask/sessions/${body.id}/messages`;
    // A history may hold the name that the question has, and not the one that it is understood to mean.
    const question = { content: 'When did the launch move to May, as Ben said?' };
    const { headers } = await client.post(path, question, { prefer: 'respond-async' });
    expect((await client.get(`${headers.get('location')}/events`)).body).toContain(words.aside);
    return path;
  });
  const places = await Promise.all(paths);
  expect((await client.delete(`/v1/recordings/${recordingId}`)).status).toBe(202);
  await eventually(async () => {
    await emptyLogs();
    return (await filesWith(Object.values(words))).length === 0;
  });
  for (const path of places) {
    const { data } = (await client.get(path)).body;
    expect(data[1].sources).toMatchObject([{ recording_id: recordingId, chunk_text: '', speaker: null }]);
  }
}, 120_000);

test('a finished erasure leaves no run of its session in Temporal, also where that closed just before', async () => {
  const connection = await Connection.connect({ address: cluster.temporalAddress });
  const { workflow } = new TemporalClient({ connection });
  const words = Array.from({ length: CLOSED }, () => planted('closed'));
  const left = words.map(async (word) => {
    const { id: endUserId } = await anEndUser(client);
    const body = { scope: { type: 'library' }, end_user_id: endUserId, initial_message: { content: `Why ${word}?` } };
    const { session_id: id } = (await client.post('/v1/ask/sessions', body)).body;
    const { runId } = await workflow.getHandle(sessionWorkflowId(id)).describe();
    await workflow.getHandle(sessionWorkflowId(id), runId).result();
    await client.delete(`/v1/ask/sessions/${id}`);
    const erasure = workflow.getHandle(eraseWorkflowId(id));
    // Its second run only looks once more.
    await eventually(async () => {
      const { runId, raw } = await erasure.describe();
      return raw.workflowExecutionInfo?.firstRunId !== runId;
    });
    return workflow
      .getHandle(sessionWorkflowId(id), runId)
      .describe()
      .catch((error: unknown) => error);
  });
  for (const run of await Promise.all(left)) expect(run).toBeInstanceOf(WorkflowNotFoundError);
  await eventually(async () => {
    await emptyLogs();
    return (await filesWith(words)).length === 0;
  });
  await connection.close();
}, 120_000);

describe('ask audit', () => {
  const audit = (...args: string[]) => runAsk(['audit', ...args], cluster.settings);

  /** A document of a collection as one that was written after its parent had gone; with its owner. */
  async function leave(collection: string, document: { _id: string; [field: string]: unknown }): Promise<void> {
    const mongo = await connectMongo(cluster.settings.MONGODB_URI ?? '', { appName: 'test' });
    await mongo.collection<{ _id: string }>(collection).insertOne(document);
    await mongo.close();
  }

  test('ends with 0 where nothing is wrong', async () => {
    await eventually(async () => (await audit()).code === 0);
    expect((await audit()).stdout).toContain('0 findings, 0 repaired');
  }, 60_000);

  test('ends with 1 at a finding, and --repair removes only what a tombstone covers', async () => {
    const owner = { projectId: client.projectId, mode: 'test' };
    const { id: endUserId } = await anEndUser(client);
    const { body: session } = await client.post('/v1/ask/sessions', {
      scope: { type: 'library' },
      end_user_id: endUserId,
    });
    await client.delete(`/v1/ask/sessions/${session.id}`);
    await eventually(async () => (await audit()).code === 0);
    const message = { ...owner, endUserId, role: 'assistant', position: 0 };
    await leave('messages', { ...message, _id: 'msg_covered', sessionId: session.id });
    await leave('messages', { ...message, _id: 'msg_lost', sessionId: 'as_nobody' });
    const found = await audit('--json');
    expect([
      found.code,
      JSON.parse(found.stdout)
        .findings.map(({ id }: { id: string }) => id)
        .toSorted(),
    ]).toEqual([1, ['msg_covered', 'msg_lost']]);
    const repaired = await audit('--repair');
    expect(repaired).toMatchObject({ code: 1, stdout: expect.stringContaining('2 findings, 1 repaired') });
    const left = await audit('--json');
    expect([left.code, JSON.parse(left.stdout).findings]).toEqual([1, [expect.objectContaining({ id: 'msg_lost' })]]);
  }, 90_000);
});
