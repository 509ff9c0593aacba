import type { Segment } from '../../../../src/domain/library/transcript.ts';
import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import { readSegments, speakerAt } from '../../../../src/use-cases/library/read-segments.ts';

const tenant = { projectId: idFromBytes('prj', Buffer.alloc(16)), mode: 'test' as const, endUserId: null };
const id = idFromBytes('txn', Buffer.alloc(16));

/** Pages of these sizes, their segments a second apart and spoken by a new person each; counts the pages that are read. */
function stored(...sizes: number[]) {
  let start = 0;
  const pages = sizes.map((size) => Array.from({ length: size }, () => aSegment(start++ * 1_000)));
  const reads: number[] = [];
  return {
    reads,
    all: pages.flat(),
    transcripts: {
      segmentPage: async (_tenant: unknown, _id: unknown, page: number) => {
        reads.push(page);
        return { segments: pages[page] ?? [], pageCount: pages.length };
      },
    },
  };
}

const aSegment = (startMs: number): Segment => ({
  ...{ startMs, endMs: startMs + 500, text: `At ${startMs}.` },
  ...{ speaker: `Speaker ${startMs}`, confidence: null },
});

test('a page is read when the one before it was taken', async () => {
  const { transcripts, reads } = stored(2, 2, 2);
  const runs = readSegments(transcripts, tenant, id);
  await runs.next();
  expect(reads).toEqual([0]);
  await runs.next();
  expect(reads).toEqual([0, 1]);
});

test('a part begins and ends inside of pages, and the next one goes on there', async () => {
  const { transcripts, all } = stored(3, 3, 1);
  const part = async (from: { page: number; index: number } | null) => {
    const segments: Segment[] = [];
    let next = from;
    for await (const run of readSegments(transcripts, tenant, id, { from, limit: 4 })) {
      segments.push(...run.segments);
      next = run.next;
    }
    return { segments, next };
  };
  const first = await part(null);
  const second = await part(first.next);
  expect([first.segments.length, first.next]).toEqual([4, { page: 1, index: 1 }]);
  expect([...first.segments, ...second.segments]).toEqual(all);
  expect(second.next).toBeNull();
});

test('a transcription that goes while it is read ends the reading with an error', async () => {
  const gone = {
    segmentPage: async (_t: unknown, _i: unknown, page: number) =>
      page > 0 ? null : { segments: [aSegment(0)], pageCount: 2 },
  };
  const runs = readSegments(gone, tenant, id);
  await runs.next();
  await expect(runs.next()).rejects.toMatchObject({ kind: 'not_found' });
});

describe('who speaks at a moment', () => {
  test('is found in a few of many pages', async () => {
    const { transcripts, reads, all } = stored(...Array(200).fill(5));
    for (const { startMs, speaker } of [all[0], all[499], all[999]].map((each) => each as Segment)) {
      expect(await speakerAt(transcripts, tenant, id, startMs)).toBe(speaker);
    }
    expect(reads.length).toBeLessThan(3 * 10);
  });

  test.each([500, -1, 1e9])('is nobody where no segment begins (%s)', async (startMs) => {
    expect(await speakerAt(stored(5, 5).transcripts, tenant, id, startMs)).toBeNull();
  });

  test('is nobody in a transcription that is gone', async () => {
    expect(await speakerAt({ segmentPage: async () => null }, tenant, id, 0)).toBeNull();
  });
});
