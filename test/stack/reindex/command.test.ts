import { publishTranscription } from '../../../activities/library/publish-transcription.ts';
import { connectMongo, createStores } from '../../../src/adapters/mongo/index.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { countTokens } from '../../../src/domain/shared/tokens.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { anAskableRecording } from '../../support/builders.ts';
import { clientOf } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { runAsk } from '../../support/run-ask.ts';
import { anOwner } from '../adapters/mongo/fixtures.ts';
import { heldPassages } from './held-passages.ts';
import { aStoredTranscript } from './stored-transcript.ts';

/** More than one page of a rebuild. */
const TRANSCRIPTS = 60;
/** So few that a rebuild rests for some seconds behind its first page. */
const TOKENS_A_MINUTE = '4500';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

const ask = async (...args: string[]) => {
  const { code, stdout, stderr } = await runAsk([...args, '--json'], cluster.settings);
  return { code, stderr, body: stdout === '' ? null : JSON.parse(stdout) };
};
/** How far the rebuild is; null while no worker tells. */
const progress = async () => (await ask('reindex', 'status')).body.rebuild.progress;

test('an operator rebuilds the index with the command, through the death of its worker, while the service answers', async () => {
  const client = clientOf(cluster.urls[0] ?? '', await cluster.createKey());
  const { endUser } = await anAskableRecording(client);
  await storeTranscripts();
  const search = async () =>
    (await client.post('/v1/recordings/search', { query: 'launch', end_user_id: endUser.id })).body.results.length;
  expect(await search()).toBeGreaterThan(0);
  expect(await ask('reindex', 'pause')).toMatchObject({ code: 1, stderr: expect.stringContaining('No rebuild') });

  const start = () => ask('reindex', '--no-wait', '--tokens-per-minute', TOKENS_A_MINUTE);
  expect(await start()).toMatchObject({ code: 0, body: { started: true, target: 'local' } });
  expect(await start()).toMatchObject({ code: 0, body: { started: false } });
  await eventually(async () => (await progress())?.done > 0);
  expect(await ask('reindex', 'pause')).toMatchObject({ code: 0 });
  const before = await progress();
  expect(before).toMatchObject({ paused: true });

  await cluster.kill('worker-0');
  expect((await ask('reindex', 'status')).body.rebuild).toEqual({ status: 'running', progress: null });
  await cluster.start('worker-0');
  await eventually(async () => (await progress()) !== null);
  expect(await progress()).toEqual(before);
  expect(await search()).toBeGreaterThan(0);

  expect(await ask('reindex', 'resume')).toMatchObject({ code: 0 });
  await eventually(async () => (await progress())?.step === 'removing');
  const { done, total } = await progress();
  expect([done, total]).toEqual([TRANSCRIPTS + 1, TRANSCRIPTS + 1]);
  const { serving } = (await ask('reindex', 'status')).body;
  expect(serving.generation).not.toBe('');
  const dense = `${cluster.sandboxUrl}/pinecone/dense`;
  expect(await heldPassages(dense, (name) => name.endsWith(`~${serving.generation}`))).toBe(total);
  expect(await search()).toBeGreaterThan(0);
  expect(await ask('reindex', '--project', 'nobody')).toMatchObject({ code: 1 });
}, 300_000);

/** Transcripts of one passage each, which the index has lost. */
async function storeTranscripts(): Promise<void> {
  const connection = await connectMongo(cluster.settings.MONGODB_URI ?? '', { appName: 'test' });
  try {
    const deps = { ...createStores(connection, { clock: systemClock }), digest, countTokens, clock: systemClock };
    const owner = anOwner();
    for (let i = 0; i < TRANSCRIPTS; i++) {
      const { input } = await aStoredTranscript(deps, owner, [`The garden of house ${i} is to be watered every day.`]);
      await publishTranscription(deps)(input);
    }
  } finally {
    await connection.close();
  }
}
