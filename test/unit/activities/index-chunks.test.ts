import { indexRange } from '../../../activities/library/index-chunks.ts';
import type { Chunk } from '../../../src/domain/library/chunk.ts';
import { idFromBytes } from '../../../src/domain/shared/ids.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';

const tenant = {
  projectId: idFromBytes('prj', Buffer.alloc(16)),
  mode: 'test' as const,
  endUserId: idFromBytes('eu', Buffer.alloc(16)),
};
const transcriptionId = idFromBytes('txn', Buffer.alloc(16));

test('the passages of a long range are read a few at a time, because turns read from the same database', async () => {
  const written: number[] = [];
  let reading = 0;
  let most = 0;
  const transcripts = {
    chunks: async (_: unknown, ids: readonly Chunk['id'][]) => {
      reading += ids.length;
      most = Math.max(most, reading);
      await null;
      reading -= ids.length;
      return ids.map((id) => ({ id, recordedAt: null }));
    },
    find: async () => ({ status: 'processing' }),
  };
  const retriever = { upsert: async (_: unknown, chunks: readonly unknown[]) => written.push(chunks.length) };
  const range = { tenant, transcriptionId, from: 0, count: 480 };
  const indexed = await indexRange(Object({ transcripts, retriever, digest }), range);
  expect(new Set(indexed.map(({ id }) => id)).size).toBe(480);
  expect(written).toEqual([480]);
  expect(most).toBeLessThanOrEqual(16);
});
