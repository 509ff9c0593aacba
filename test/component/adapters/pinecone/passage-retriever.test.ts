import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Context, Next } from 'koa';
import { createPassageRetriever } from '../../../../src/adapters/pinecone/passage-retriever.ts';
import { recordOf } from '../../../../src/adapters/pinecone/record.ts';
import type { Chunk } from '../../../../src/domain/library/chunk.ts';
import { AskError } from '../../../../src/domain/shared/errors.ts';
import type { EndUserTenant, PassageQuery, PassageRetriever } from '../../../../src/ports/library/passage-retriever.ts';
import type { Embedder } from '../../../../src/retrieval-server/embeddings/embedder.ts';
import { toFailure } from '../../../../workflows/failures.ts';
import { type PineconeSandbox, startPineconeSandbox } from '../../../support/retrieval-server.ts';
import { testEmbedders } from '../../../support/test-embedders.ts';
import { idOf, newTenant, passage } from './passages.ts';

let dir: string;
let sandbox: PineconeSandbox;
let retriever: PassageRetriever;
/** What the server does before it answers, and what its model waits for before it embeds a passage. */
let beforeRequest: (ctx: Context, next: Next) => unknown;
let mayEmbed: Promise<void> = Promise.resolve();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-retriever-'));
  sandbox = await startPineconeSandbox({
    dir,
    beforeRequest: (ctx, next) => beforeRequest(ctx, next),
    embedders: (await testEmbedders()).map((embedder) => withGate(embedder)),
  });
  retriever = createPassageRetriever({ ...sandbox.settings, minDenseScore: sandbox.status().min_score });
});
beforeEach(() => {
  beforeRequest = (_, next) => next();
  mayEmbed = Promise.resolve();
});
afterAll(async () => {
  await sandbox.close();
  await rm(dir, { recursive: true });
});

const LAUNCH = 'Ana: the launch of the red remote control moves to the twelfth of May';
const BUDGET = 'Ben: the budget for rubber buttons is too small, we need four euro';
const LUNCH = 'Cleo: shall we order pizza for everybody at noon';

/** An end user with three passages of Monday's recording. */
async function library(): Promise<{ tenant: EndUserTenant; chunks: Chunk[] }> {
  const tenant = newTenant();
  const chunks = [LAUNCH, BUDGET, LUNCH].map((text, index) => passage(tenant, text, { index: index * 10 }));
  await retriever.upsert(tenant, chunks);
  return { tenant, chunks };
}

async function idsFor(tenant: EndUserTenant, text: string, more: Partial<PassageQuery> = {}) {
  return (await retriever.search(tenant, { texts: [text], limit: 8, ...more })).map(({ chunkId }) => chunkId);
}

test('a question finds the passage that answers it, with its recording and a score in [0, 1]', async () => {
  const { tenant, chunks } = await library();
  const hits = await retriever.search(tenant, { texts: ['When do we launch the remote?'], limit: 8 });
  expect(hits[0]).toMatchObject({
    chunkId: chunks[0]?.id,
    recordingId: chunks[0]?.recordingId,
    score: expect.any(Number),
  });
  for (const { score } of hits) {
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(1);
  }
});

test('several wordings are searched together', async () => {
  const { tenant, chunks } = await library();
  const hits = await retriever.search(tenant, { texts: ['launch date', 'pizza'], limit: 2 });
  expect(hits.map(({ chunkId }) => chunkId).sort()).toEqual([chunks[0]?.id, chunks[2]?.id].sort());
});

test.each(['zorblax quimfle vandeth', 'photosynthesis chloroplast enzymes'])('%s finds nothing', async (nonsense) => {
  const { tenant } = await library();
  expect(await idsFor(tenant, nonsense)).toEqual([]);
});

test('an empty library answers with nothing', async () => {
  expect(await idsFor(newTenant(), 'launch')).toEqual([]);
});

test.each([
  ['end user', (tenant: EndUserTenant) => ({ ...tenant, endUserId: newTenant().endUserId })],
  ['project', (tenant: EndUserTenant) => ({ ...tenant, projectId: newTenant().projectId })],
  ['mode', (tenant: EndUserTenant) => ({ ...tenant, mode: 'live' as const })],
])('another %s finds, misses and removes nothing of it', async (_, other) => {
  const { tenant, chunks } = await library();
  const ids = chunks.map(({ id }) => id);
  const stranger = other(tenant);
  await retriever.upsert(stranger, [
    passage({ ...stranger }, 'Dan: the launch of our submarine', { recording: 'other' }),
  ]);
  expect(await idsFor(stranger, 'launch budget pizza')).toEqual([idOf('chk', `${stranger.endUserId}/other/0`)]);
  expect(await retriever.missing(stranger, ids)).toEqual(ids);
  await retriever.remove(stranger, ids);
  await retriever.removeAll(stranger);
  expect(await idsFor(tenant, 'launch budget pizza')).toHaveLength(3);
});

describe('filters', () => {
  let tenant: EndUserTenant;
  let monday: Chunk;
  let friday: Chunk;
  let undated: Chunk;

  beforeAll(async () => {
    tenant = newTenant();
    monday = passage(tenant, LAUNCH, { recording: 'monday', recordedAt: '2026-01-05T09:00:00.000Z' });
    friday = passage(tenant, 'Ben: a launch in June is too late', {
      recording: 'friday',
      recordedAt: '2026-01-09T09:00:00.000Z',
    });
    undated = passage(tenant, 'Cleo: who speaks at the launch', { recording: 'undated', recordedAt: null });
    await retriever.upsert(tenant, [monday, friday, undated]);
  });

  test.each([
    ['none', {}, ['monday', 'friday', 'undated']],
    ['one recording', { recordingIds: [idOf('rec', 'friday')] }, ['friday']],
    ['two recordings', { recordingIds: [idOf('rec', 'friday'), idOf('rec', 'undated')] }, ['friday', 'undated']],
    ['no recording', { recordingIds: [] }, []],
    ['after, inclusive', { recordedAfter: '2026-01-09T09:00:00.000Z' }, ['friday']],
    ['before, exclusive', { recordedBefore: '2026-01-05T09:00:00.001Z' }, ['monday']],
    ['not at the end itself', { recordedBefore: '2026-01-05T09:00:00.000Z' }, []],
    ['between', { recordedAfter: '2026-01-06T00:00:00.000Z', recordedBefore: '2026-01-10T00:00:00.000Z' }, ['friday']],
    ['recording and time', { recordingIds: [idOf('rec', 'monday')], recordedAfter: '2026-01-06T00:00:00.000Z' }, []],
  ])('%s', async (_, filter, expected) => {
    const hits = await retriever.search(tenant, { texts: ['launch'], limit: 8, ...filter });
    expect(hits.map(({ recordingId }) => recordingId).sort()).toEqual(expected.map((name) => idOf('rec', name)).sort());
  });
});

test('passages written twice are found once', async () => {
  const { tenant, chunks } = await library();
  await retriever.upsert(tenant, chunks);
  expect(await idsFor(tenant, 'launch budget pizza')).toHaveLength(3);
});

test('the same words in two recordings come once', async () => {
  const { tenant, chunks } = await library();
  const copy = passage(tenant, LAUNCH, { recording: 'copy' });
  await retriever.upsert(tenant, [copy]);
  const found = await idsFor(tenant, 'launch of the red remote');
  expect(found.filter((id) => id === copy.id || id === chunks[0]?.id)).toHaveLength(1);
});

test('more passages than a batch holds, and one of many words, can all be found', async () => {
  const tenant = newTenant();
  const chunks = Array.from({ length: 230 }, (_, index) => passage(tenant, `Ana: item number ${index}`, { index }));
  const long = passage(tenant, `Ben: the verdict ${'很长的发言'.repeat(10_000)}`, { index: 230 });
  await retriever.upsert(tenant, [...chunks, long]);
  expect(
    await retriever.missing(
      tenant,
      [...chunks, long].map(({ id }) => id),
    ),
  ).toEqual([]);
  expect((await idsFor(tenant, 'verdict'))[0]).toBe(long.id);
});

test('removed passages are found no more; removing again is no error', async () => {
  const { tenant, chunks } = await library();
  const ids = [chunks[0]?.id ?? 'chk_'];
  await retriever.remove(tenant, ids);
  await retriever.remove(tenant, ids);
  expect(await idsFor(tenant, 'launch')).not.toContain(chunks[0]?.id);
  await retriever.removeAll(tenant);
  await retriever.removeAll(tenant);
  await retriever.remove(tenant, ids);
  expect(await idsFor(tenant, 'budget pizza')).toEqual([]);
});

test('what is written and not yet served is missing', async () => {
  const { tenant, chunks } = await library();
  let release = () => {};
  mayEmbed = new Promise((resolve) => {
    release = resolve;
  });
  const late = passage(tenant, 'Dan: the late remark', { index: 99 });
  await retriever.upsert(tenant, [late]);
  expect(
    await retriever.missing(
      tenant,
      [...chunks, late].map(({ id }) => id),
    ),
  ).toEqual([late.id]);
  release();
  while ((await retriever.missing(tenant, [late.id])).length > 0) await setTimeout(20);
  expect(await idsFor(tenant, 'late remark')).toContain(late.id);
});

function withGate(embedder: Embedder): Embedder {
  const { model, source, minScore } = embedder;
  return {
    ...{ model, source, minScore },
    async embed(texts, kind) {
      if (kind === 'passage') await mayEmbed;
      return embedder.embed(texts, kind);
    },
    close: () => embedder.close(),
  };
}

test('what one index alone serves is missing', async () => {
  const tenant = newTenant();
  beforeRequest = (ctx, next) => (ctx.path.startsWith('/pinecone/sparse') ? refuse(ctx, 503) : next());
  const chunk = passage(tenant, LAUNCH);
  await expect(retriever.upsert(tenant, [chunk])).rejects.toMatchObject({ kind: 'unavailable' });
  beforeRequest = (_, next) => next();
  expect(await retriever.missing(tenant, [chunk.id])).toEqual([chunk.id]);
});

test('a reranker decides the order and drops what has nothing to do with the question', async () => {
  const { tenant, chunks } = await library();
  const asked: unknown[] = [];
  beforeRequest = (ctx, next) => {
    if (ctx.path.endsWith('/rerank')) asked.push(ctx.request.body);
    return next();
  };
  const reranking = createPassageRetriever({
    ...sandbox.settings,
    minDenseScore: 0,
    rerankModel: 'bge-reranker-v2-m3',
  });
  const hits = await reranking.search(tenant, { texts: ['how much?', 'budget for rubber buttons'], limit: 8 });
  expect(asked).toMatchObject([{ query: 'budget for rubber buttons', model: 'bge-reranker-v2-m3' }]);
  expect(hits).toMatchObject([{ chunkId: chunks[1]?.id, recordingId: chunks[1]?.recordingId, score: 1 }]);
});

function refuse(ctx: Context, status: number): void {
  ctx.status = status;
  ctx.body = { error: { message: 'the request said: secret words' } };
}

describe('when Pinecone fails', () => {
  const search = () => retriever.search(newTenant(), { texts: ['launch'], limit: 8 });

  test.each([408, 429, 500, 502, 503])('%i can be tried again', async (status) => {
    beforeRequest = (ctx) => refuse(ctx, status);
    await expect(search()).rejects.toMatchObject({ kind: 'unavailable', details: { dependency: 'The index' } });
  });

  test.each([400, 401, 403, 404, 422])('%i is our fault and says nothing of the request', async (status) => {
    beforeRequest = (ctx) => refuse(ctx, status);
    const error: unknown = await search().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'internal_error' });
    // So an import ends as failed, with this reason.
    expect(error instanceof AskError && toFailure(error)).toMatchObject({
      nonRetryable: true,
      message: expect.stringMatching(`HTTP ${status}`),
    });
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/secret|launch|127\.0\.0\.1/);
  });

  test('a 429 is tried again after the time that it names', async () => {
    beforeRequest = (ctx) => {
      ctx.set('Retry-After', '7');
      refuse(ctx, 429);
    };
    const error: unknown = await search().catch((caught: unknown) => caught);
    expect(error instanceof AskError && toFailure(error)).toMatchObject({ nonRetryable: false, nextRetryDelay: 7_000 });
  });

  test('each call is made once: Temporal repeats, not the SDK', async () => {
    const paths: string[] = [];
    beforeRequest = (ctx) => {
      paths.push(ctx.path);
      refuse(ctx, 500);
    };
    await expect(search()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(paths).toHaveLength(2);
  });

  test('a dropped connection, a silent server and a closed port can be tried again', async () => {
    beforeRequest = (ctx) => void ctx.req.socket.destroy();
    await expect(search()).rejects.toMatchObject({ kind: 'unavailable' });
    beforeRequest = () => new Promise(() => undefined);
    const hasty = createPassageRetriever({ ...sandbox.settings, minDenseScore: 0, timeoutMs: 50 });
    await expect(hasty.search(newTenant(), { texts: ['x'], limit: 1 })).rejects.toMatchObject({ kind: 'unavailable' });
    const nowhere = { ...sandbox.settings, denseHost: 'http://127.0.0.1:1', minDenseScore: 0 };
    await expect(createPassageRetriever(nowhere).search(newTenant(), { texts: ['x'], limit: 1 })).rejects.toMatchObject(
      { kind: 'unavailable' },
    );
  });

  test('a record that is not ours is an error of its own', async () => {
    beforeRequest = (ctx) => {
      ctx.body = { result: { hits: [{ _id: 'foreign', _score: 1, fields: {} }] }, usage: { read_units: 1 } };
    };
    await expect(search()).rejects.toMatchObject({ kind: 'internal_error' });
  });
});

test('a passage that is cut for the index is cut between characters', () => {
  expect(recordOf(passage(newTenant(), `.${'😀'.repeat(8_000)}`)).text.isWellFormed()).toBe(true);
});
