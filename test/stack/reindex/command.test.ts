import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { anAskableRecording } from '../../support/builders.ts';
import { clientOf } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { runAsk } from '../../support/run-ask.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

const ask = async (...args: string[]) => {
  const { code, stdout, stderr } = await runAsk([...args, '--json'], cluster.settings);
  return { code, stderr, body: stdout === '' ? null : JSON.parse(stdout) };
};

test('an operator rebuilds the index with the command, while the service answers', async () => {
  const client = clientOf(cluster.urls[0] ?? '', await cluster.createKey());
  const { endUser } = await anAskableRecording(client);
  const search = async () =>
    (await client.post('/v1/recordings/search', { query: 'launch', end_user_id: endUser.id })).body.results.length;
  expect(await search()).toBeGreaterThan(0);
  expect(await ask('reindex', 'pause')).toMatchObject({ code: 1, stderr: expect.stringContaining('No rebuild') });

  expect(await ask('reindex', '--no-wait')).toMatchObject({ code: 0, body: { started: true, target: 'local' } });
  expect(await ask('reindex', '--no-wait')).toMatchObject({ code: 0, body: { started: false } });
  await eventually(async () => {
    const { body } = await ask('reindex', 'status');
    return body.serving.generation !== '' && body.rebuild.progress?.step === 'removing';
  });
  expect(await search()).toBeGreaterThan(0);
  expect(await ask('reindex', '--project', 'nobody')).toMatchObject({ code: 1 });
}, 120_000);
