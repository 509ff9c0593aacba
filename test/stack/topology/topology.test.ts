import { Connection, Client as TemporalClient } from '@temporalio/client';
import { z } from 'zod';
import { accountFor } from '../../chaos/account.ts';
import { chaosClient } from '../../chaos/client.ts';
import { startLoad } from '../../chaos/load.ts';
import { anAskableRecording } from '../../support/builders.ts';
import { type Client, clientOf } from '../../support/client.ts';
import { onlyJson, runAsk, temporaryDirectory } from '../../support/run-ask.ts';
import { hasClients, locatePostgreSql } from '../../tools/topology/locate-postgresql.ts';
import { canBuild } from '../../tools/topology/temporal-postgres.ts';
import { SHARDS, startTopology, type Topology } from '../../tools/topology/topology.ts';
import { type Talks, talkOf, talks, untilAnswered } from '../faults/asking.ts';
import { type ModelUnderTest, modelAt, until } from '../faults/model.ts';

const bin = (await canBuild()) ? await locatePostgreSql(temporaryDirectory()) : null;
const describeIfThere = bin === null ? describe.skip : describe;
const testWithClients = bin !== null && (await hasClients(bin)) ? test : test.skip;

describeIfThere('two APIs and two workers over Temporal on PostgreSQL', () => {
  let topology: Topology;
  let temporal: TemporalClient;
  let model: ModelUnderTest;
  /** The same key at each of the two APIs. */
  let first: Client;
  let second: Client;
  let open: Talks['open'];

  beforeAll(async () => {
    topology = await startTopology(bin ?? '');
    temporal = new TemporalClient({ connection: await Connection.connect({ address: topology.temporalAddress }) });
    model = modelAt(topology.sandboxUrl);
    [first, second] = await clients('topology');
    ({ open } = await talks(first));
  }, 600_000);
  afterAll(async () => {
    await temporal?.connection.close();
    await topology?.close();
  }, 60_000);

  const ask = async (...args: string[]) => onlyJson(await runAsk([...args, '--json'], topology.settings));

  /** A fresh key, as an operator makes it, at each API. */
  async function clients(project: string): Promise<[Client, Client]> {
    const made = newKey.parse(await ask('keys', 'create', '--project', project, '--mode', 'test'));
    const at = (url = '') => clientOf(url, { secret: made.key, keyId: made.id, projectId: made.project_id });
    return [at(topology.urls[0]), at(topology.urls[1])];
  }

  /** The worker that runs the session's model call. */
  async function workerOf(sessionId: string): Promise<string> {
    const { raw } = await temporal.workflow.getHandle(sessionWorkflowId(sessionId)).describe();
    const identity = raw.pendingActivities?.[0]?.lastWorkerIdentity ?? '';
    return z.string().parse(topology.names('worker').find((name) => identity.startsWith(`${topology.pid(name)}@`)));
  }

  /** The session's newest run. */
  const runOf = async (sessionId: string) => {
    const { runId, status } = await temporal.workflow.getHandle(sessionWorkflowId(sessionId)).describe();
    return { runId, status: status.name };
  };

  test('sessions at once, through both APIs, are all answered', async () => {
    const sessions = await Promise.all(Array.from({ length: 16 }, (_, i) => open(i % 2 === 0 ? first : second)));
    const answers = await Promise.all(sessions.flatMap((talk) => [talk.ask('One?'), talk.ask('Two?')]));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  }, 60_000);

  testWithClients('they stand on more than one of the shards', async () => {
    const { historyShardCount } = await temporal.connection.workflowService.getClusterInfo({});
    expect(historyShardCount).toBe(SHARDS);
    const shards = `SELECT count(DISTINCT shard_id) FROM executions WHERE workflow_id LIKE 'ask-session/%'`;
    expect(Number(await topology.postgres.run('psql', '-Atc', shards, 'temporal'))).toBeGreaterThan(1);
  });

  test('more turns of one session wait than a server lets by default, and all are answered', async () => {
    const talk = await open();
    const before = await model.calls();
    const later = { prefer: 'respond-async' };
    await model.hold();
    const { headers } = await talk.ask('Held up', undefined, later);
    await model.reached(before + 1);
    const contents = Array.from({ length: 24 }, (_, i) => `Waiting ${i}`);
    const answers = await Promise.all(contents.map((content) => talk.ask(content, undefined, later)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    await first.post(`${headers.get('location')}/cancel`);
    expect((await talk.ask('Last')).status).toBe(200);
    const messages = await talk.messages();
    expect(messages.filter(({ role }) => role === 'assistant')).toHaveLength(contents.length + 1);
  }, 60_000);

  test('a worker and an API die in mid-answer: what is left answers once, for one model call more', async () => {
    const talk = await open();
    const [key, before] = [crypto.randomUUID(), await model.calls()];
    await model.hold();
    const cutOff = talk.ask('Asked of two that die', key).then(
      () => false,
      () => true,
    );
    await model.reached(before + 1);
    const dead = [await workerOf(talk.sessionId), 'api-0'];
    await topology.kill(...dead);
    try {
      expect(await cutOff).toBe(true);
      const left = talkOf(second, talk.sessionId);
      const answer = await untilAnswered(() => left.ask('Asked of two that die', key));
      expect(answer.status).toBe(200);
      const messages = await left.messages();
      expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
      expect(messages[1]?.id).toBe(answer.body.message.id);
      expect(await model.calls()).toBe(before + 2);
    } finally {
      await topology.start(...dead);
    }
  }, 60_000);

  test('a request sent to one API and repeated at the other has one outcome', async () => {
    const talk = await open();
    const [key, before] = [crypto.randomUUID(), await model.calls()];
    const other = talkOf(second, talk.sessionId);
    const atOnce = await Promise.all([talk.ask('Asked of both', key), other.ask('Asked of both', key)]);
    const later = await other.ask('Asked of both', key);
    expect(later.headers.get('idempotent-replayed')).toBe('true');
    for (const { body } of atOnce) expect(body).toEqual(later.body);
    expect(await model.calls()).toBe(before + 1);
  }, 60_000);

  test('both APIs count the same requests against the limit', async () => {
    const [one, other] = await clients('rate limit');
    const left: Record<string, number[]> = {};
    for (let i = 0; i < 6; i++) {
      const { headers } = await (i % 2 === 0 ? one : other).get('/v1/recordings');
      const minute = headers.get('x-ratelimit-reset') ?? '';
      left[minute] = [...(left[minute] ?? []), Number(headers.get('x-ratelimit-remaining'))];
    }
    for (const counts of Object.values(left)) {
      expect(counts).toEqual(counts.map((_, i) => (counts[0] ?? Number.NaN) - i));
    }
  });

  test('a key revoked by an operator is refused by both APIs with the next request', async () => {
    const [one, other] = await clients('revoked');
    expect([(await one.get('/v1/recordings')).status, (await other.get('/v1/recordings')).status]).toEqual([200, 200]);
    await ask('keys', 'revoke', one.keyId);
    expect([(await one.get('/v1/recordings')).status, (await other.get('/v1/recordings')).status]).toEqual([401, 401]);
  });

  test('PostgreSQL is killed under load and comes back: every question ends in one stored answer', async () => {
    const { recording } = await anAskableRecording(first);
    const client = chaosClient(topology.urls, first.secret);
    const places = [{ scope: { type: 'recording', recording_id: recording.id } }];
    const load = startLoad(client, { clients: 4, thinkMs: 50, questionsPerSession: 10, places });
    await until(async () => load.answersSince(0).length >= 4);
    const killed = Date.now();
    await topology.kill('postgresql');
    await topology.start('postgresql');
    await until(async () => load.answersSince(killed).length >= 4);
    const account = await accountFor(client, await load.finish());
    expect(account.answered).toBe(account.requests);
    expect(account).toMatchObject({ lost: 0, refused: 0, doubledMessages: 0, doubledAnswers: 0, disordered: 0 });
  }, 120_000);

  testWithClients(
    'restored from a backup that is older than MongoDB, the open session goes on with every answer once',
    async () => {
      const talk = await open();
      await talk.ask('Asked before the backup');
      const [key, before] = [crypto.randomUUID(), await model.calls()];
      await model.hold(3_000);
      const asked = talk.ask('Asked while it is made', key);
      await model.reached(before + 1);
      await topology.postgres.backUp();
      const answer = await asked;
      expect(answer.status).toBe(200);
      const run = await runOf(talk.sessionId);
      expect(run.status).toBe('RUNNING');

      const [roles, servers] = [
        [...topology.names('api'), ...topology.names('worker')],
        ['temporal', 'postgresql'],
      ];
      await topology.stop(...roles);
      await topology.kill(...servers);
      await topology.postgres.wipe();
      await topology.start('postgresql');
      await topology.postgres.restore();
      await topology.start('temporal');
      await topology.start(...roles);

      const again = await untilAnswered(() => talk.ask('Asked while it is made', key));
      expect(again.body).toEqual(answer.body);
      expect((await untilAnswered(() => talk.ask('Asked after the restore'))).status).toBe(200);
      expect(await runOf(talk.sessionId)).toEqual(run);
      const messages = await talk.messages();
      expect(messages.map(({ role }) => role)).toEqual(Array(3).fill(['user', 'assistant']).flat());
      // What was in flight when the backup was made, perhaps again, and the new question.
      expect(await model.calls()).toBeLessThanOrEqual(before + 3);
    },
    120_000,
  );
});

const sessionWorkflowId = (sessionId: string) => `ask-session/${sessionId}`;

const newKey = z.object({
  id: z.templateLiteral(['key_', z.string()]),
  project_id: z.templateLiteral(['prj_', z.string()]),
  key: z.string(),
});
