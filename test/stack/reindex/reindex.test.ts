import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Next } from 'koa';
import { chunkIdOf } from '../../../src/domain/library/chunking.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { createModelFollower } from '../../../src/use-cases/library/follow-model.ts';
import { eventually } from '../../support/eventually.ts';
import { type ReindexLibrary, startLibrary } from './library.ts';

let atPinecone: ((ctx: Context, next: Next) => unknown) | null;
let library: ReindexLibrary;
beforeEach(async () => {
  atPinecone = null;
  library = await startLibrary((ctx, next) => (atPinecone === null ? next() : atPinecone(ctx, next)));
}, 60_000);
afterEach(() => library?.close(), 60_000);

const ALL = { projectId: null, target: 'pinecone', tokensPerMinute: null } as const;
const words = (about: string, count = 60) =>
  Array.from({ length: count }, (_, i) => `Point ${i} is about ${about} and its cost.`);

test('a library moves from the local index to Pinecone, and the old one is removed', async () => {
  const { owner, count } = await library.aTranscript(words('the garden'));
  const other = await library.aTranscript(words('the bridge'));
  await library.work();
  expect(await library.gateway.start(ALL)).toMatchObject({ target: 'pinecone' });
  expect(await library.end()).toMatchObject({
    status: 'completed',
    progress: { step: 'done', done: count + other.count, total: count + other.count, reason: null },
  });
  expect((await library.indexStates.read(owner.projectId)).serving.target).toBe('pinecone');
  expect(await library.find(owner, 'garden')).not.toEqual([]);
  expect(await library.held('pinecone', owner)).toBe(count);
  expect(await library.held('local', owner)).toBe(0);
}, 60_000);

test('one project is rebuilt where it stands, and the others are left alone', async () => {
  const { owner, count } = await library.aTranscript(words('the garden'));
  const other = await library.aTranscript(words('the bridge'));
  await library.work();
  const build = await library.gateway.start({ ...ALL, projectId: owner.projectId, target: 'local' });
  expect(await library.end()).toMatchObject({ status: 'completed' });
  expect((await library.indexStates.read(owner.projectId)).serving).toMatchObject({ ...build });
  expect((await library.indexStates.read(other.owner.projectId)).serving.generation).toBe('');
  expect(await library.held('local', owner)).toBe(count);
  expect(await library.find(owner, 'garden')).not.toEqual([]);
  expect(await library.find(other.owner, 'bridge')).not.toEqual([]);
}, 60_000);

test('a second start finds the rebuild that is under way; paused it writes nothing, and it goes on when it is told', async () => {
  const { owner } = await library.aTranscript(words('the garden'));
  // No worker yet: what is sent waits.
  await library.gateway.start(ALL);
  await library.gateway.steer('pause');
  await library.work();
  await eventually(async () => (await library.gateway.latest())?.progress?.step === 'writing');
  expect(await library.gateway.start(ALL)).toBeNull();
  expect(await library.gateway.latest()).toMatchObject({ status: 'running', progress: { paused: true } });
  expect(await library.held('pinecone', owner)).toBe(0);
  await library.gateway.steer('resume');
  expect(await library.end()).toMatchObject({ status: 'completed' });
}, 60_000);

test('what is imported and what is deleted while it is paused is right in both indexes', async () => {
  const kept = await library.aTranscript(words('the garden'));
  const erased = await library.aTranscript(words('the bridge'), kept.owner);
  const { owner } = kept;
  await library.gateway.start(ALL);
  await library.gateway.steer('pause');
  await library.work();
  await eventually(async () => (await library.gateway.latest())?.progress?.step === 'writing');
  const imported = await library.aTranscript(words('the harbour'), owner);
  expect(await library.find(owner, 'harbour')).not.toEqual([]);
  await eventually(async () => (await library.held('pinecone', owner)) === imported.count);
  await library.erase(erased.recording, owner);
  await library.gateway.steer('resume');
  expect(await library.end()).toMatchObject({ status: 'completed' });
  expect(await library.held('pinecone', owner)).toBe(kept.count + imported.count);
  const found = await library.find(owner, 'harbour');
  expect(found[0]?.recordingId).toBe(imported.recording.id);
}, 60_000);

test('an index that refuses ends the rebuild with its reason, and the old one goes on serving', async () => {
  const { owner } = await library.aTranscript(words('the garden'));
  atPinecone = (ctx, next) => {
    if (!ctx.path.includes('upsert')) return next();
    ctx.status = 403;
    ctx.body = {};
  };
  await library.work();
  await library.gateway.start(ALL);
  expect(await library.end()).toMatchObject({
    status: 'failed',
    progress: { step: 'failed', reason: expect.stringContaining('403') },
  });
  expect(await library.indexStates.read(owner.projectId)).toMatchObject({
    serving: { target: 'local', generation: '' },
    building: null,
    retiring: [],
  });
  expect(await library.find(owner, 'garden')).not.toEqual([]);
}, 60_000);

test('an index that asks for a pause gets it, and the same records again', async () => {
  await library.aTranscript(words('the garden'));
  const refused: number[] = [];
  atPinecone = (ctx, next) => {
    if (!ctx.path.startsWith('/pinecone/dense/records') || refused.length === 2) return next();
    refused.push(ctx.status);
    ctx.status = 429;
    ctx.set('Retry-After', '1');
  };
  await library.work();
  await library.gateway.start(ALL);
  expect(await library.end()).toMatchObject({ status: 'completed' });
  expect(refused).toHaveLength(2);
}, 60_000);

test('a rebuild that is cancelled leaves nothing behind', async () => {
  const { owner } = await library.aTranscript(words('the garden'));
  atPinecone = async (ctx, next) => {
    await next();
    if (ctx.path.includes('upsert')) void library.gateway.steer('cancel');
    if (ctx.path.includes('upsert')) await sleep(500);
  };
  await library.work();
  await library.gateway.start(ALL);
  expect(await library.end()).toMatchObject({ status: 'cancelled' });
  expect(await library.indexStates.read(owner.projectId)).toMatchObject({ building: null, retiring: [] });
  expect(await library.held('pinecone', owner)).toBe(0);
  expect(await library.find(owner, 'garden')).not.toEqual([]);
}, 60_000);

test('a transcript of 0.1.0 is cut anew, with the speaker and the end of each line', async () => {
  const { owner, input, count } = await library.aTranscript(words('the garden'));
  const { connection, stores } = library;
  const of = { transcriptionId: input.transcriptionId };
  await connection.collection('chunks').updateMany(of, { $set: { lines: null, lineStartsMs: [0] } });
  await connection
    .collection<{ _id: string }>('transcriptions')
    .updateOne({ _id: input.transcriptionId }, { $set: { chunkCount: null } });
  expect(await stores.indexed.countOld()).toBe(1);
  await library.work();
  await library.gateway.start({ ...ALL, target: 'local' });
  expect(await library.end()).toMatchObject({ status: 'completed', progress: { done: count } });
  expect(await stores.indexed.countOld()).toBe(0);
  const [hit] = await library.find(owner, 'garden');
  const [chunk] = await stores.transcripts.chunks(owner, hit === undefined ? [] : [hit.chunkId]);
  expect(chunk?.lines[0]).toMatchObject({ speaker: 'Ana', segments: { first: expect.any(Number) } });
  expect(chunk?.lines[0]?.endMs).toBeGreaterThan(chunk?.lines[0]?.startMs ?? Number.POSITIVE_INFINITY);
}, 60_000);

test('what an index has lost, and what it holds without reason, is found before the switch', async () => {
  const { owner, input, count } = await library.aTranscript(words('the garden', 300));
  const [lost = 'chk_', stray = 'chk_'] = [0, 1].map((i) => chunkIdOf(input.transcriptionId, i * 1_000, digest));
  const [chunk] = await library.stores.transcripts.chunks(owner, [lost]);
  let spoilt = false;
  await library.work({
    async verifyPassages({ build }) {
      if (spoilt || chunk === undefined) return;
      spoilt = true;
      const index = library.indexes.open(build);
      await index.remove(owner, [lost]);
      await index.upsert(owner, [{ ...chunk, id: stray, index: 1_000 }]);
    },
  });
  await library.gateway.start(ALL);
  expect(await library.end()).toMatchObject({ status: 'completed', progress: { reason: null } });
  expect(spoilt).toBe(true);
  const serving = library.indexes.open((await library.indexStates.read(owner.projectId)).serving);
  expect(await serving.missing(owner, [lost])).toEqual([]);
  expect(await serving.missing(owner, [stray])).toEqual([stray]);
  expect(count).toBeGreaterThan(1);
}, 60_000);

test('a local index that embeds with another model is rebuilt by itself, and an empty one takes it as it is', async () => {
  let model = 'first-model';
  const indexes = { ...library.indexes, describe: async () => ({ model, minScore: 0.4 }) };
  const follow = createModelFollower({ ...library, ...library.stores, indexes });
  const serving = async () => (await library.indexStates.read(null)).serving;
  await follow();
  expect(await serving()).toMatchObject({ model: 'first-model', minScore: 0.4, generation: '' });
  expect(await library.gateway.latest()).toBeNull();

  await library.aTranscript(words('the garden'));
  // What stands in while the model cannot be loaded is no reason to do without it.
  model = 'hashed-words';
  await follow();
  expect(await library.gateway.latest()).toBeNull();

  model = 'second-model';
  await follow();
  await follow();
  await library.work();
  expect(await library.end()).toMatchObject({ status: 'completed' });
  expect((await serving()).generation).not.toBe('');
}, 60_000);
