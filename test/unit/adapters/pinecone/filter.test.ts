import { filterOf } from '../../../../src/adapters/pinecone/filter.ts';
import { filterSchema, type Where } from '../../../../src/retrieval-server/pinecone/filter.ts';

const MARCH = { recordedAfter: '2026-03-01T00:00:00.000Z', recordedBefore: '2026-03-31T00:00:00.000Z' };
const passage = (recording_id: string, date?: string) => ({
  recording_id,
  ...(date !== undefined && { recorded_at: Date.parse(date) }),
});
const inMarch = passage('rec_1', '2026-03-04T08:00:00.000Z');
const inMay = passage('rec_2', '2026-05-04T08:00:00.000Z');
const undated = passage('rec_3');

test.each([
  ['nothing', {}, [inMarch, inMay, undated]],
  ['a window', MARCH, [inMarch]],
  ['an open window', { recordedAfter: MARCH.recordedAfter }, [inMarch, inMay]],
  ['recordings', { recordingIds: ['rec_2', 'rec_3'] as const }, [inMay, undated]],
  [
    'a window, with recordings whose date in the index is an old one',
    { ...MARCH, redated: ['rec_3'] as const },
    [inMarch, undated],
  ],
  [
    'recordings and a window, with others whose date in the index is an old one',
    { ...MARCH, recordingIds: ['rec_1', 'rec_2'] as const, redated: ['rec_2', 'rec_3'] as const },
    [inMarch, inMay],
  ],
  ['no window, where some have an old date', { redated: ['rec_3'] as const }, [inMarch, inMay, undated]],
])('%s', (_, query, expected) => {
  const filter = filterOf({ texts: ['launch'], limit: 5, ...query });
  const passages = [inMarch, inMay, undated];
  const fields = passages.map((one) => new Map<string, unknown>(Object.entries(one)));
  const where: Where = (field, accepts) => (record) => accepts(fields[record]?.get(field));
  const admits = filter === undefined ? () => true : filterSchema.parse(filter)(where);
  expect(passages.filter((_, record) => admits(record))).toEqual(expected);
});
