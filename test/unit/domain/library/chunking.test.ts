import {
  type ChunkOwner,
  chunkIdOf,
  chunkTranscript,
  transcriptCutter,
} from '../../../../src/domain/library/chunking.ts';
import type { Segment } from '../../../../src/domain/library/transcript.ts';
import { idPattern } from '../../../../src/domain/shared/ids.ts';

const owner: ChunkOwner = {
  projectId: 'prj_1',
  mode: 'test',
  endUserId: 'eu_1',
  recordingId: 'rec_1',
  transcriptionId: 'txn_1',
  recordedAt: '2026-01-05T09:00:00.000Z',
};
const digest = (text: string) => Uint8Array.from({ length: 16 }, (_, i) => text.charCodeAt(i % text.length) + i);
const words = (count: number, word = 'word') => Array.from({ length: count }, (_, i) => `${word}${i}`).join(' ');

/** Segments of these lengths in words, one after another, by Ana and Ben in turn. */
function talk(...lengths: number[]): Segment[] {
  return lengths.map((length, i) => ({
    startMs: i * 1000,
    endMs: i * 1000 + 900,
    text: words(length, `s${i}w`),
    speaker: i % 2 === 0 ? 'Ana' : 'Ben',
    confidence: null,
  }));
}
const chunk = (segments: Segment[]) => [...chunkTranscript(segments, owner, digest)];
const wordCount = (text: string) => text.split(/\s+/).length;

test.each([
  ['short', 40],
  ['long', 2000],
])('every word of %s segments stands in exactly one chunk, in order', (_, longest) => {
  const segments = talk(...Array.from({ length: 200 }, (_, i) => (i * 7) % longest));
  const said = chunk(segments).map(({ text }) => text.replaceAll(/(^|\n)(Ana|Ben): /g, '$1'));
  expect(said.join(' ').split(/\s+/).filter(Boolean)).toEqual(
    segments.flatMap(({ text }) => text.split(' ').filter(Boolean)),
  );
});

test('a chunk knows its owner, its place, its times and when it was recorded', () => {
  expect(chunk(talk(3, 4))).toEqual([
    {
      ...owner,
      id: chunkIdOf('txn_1', 0, digest),
      index: 0,
      text: 'Ana: s0w0 s0w1 s0w2\nBen: s1w0 s1w1 s1w2 s1w3',
      lines: [
        { startMs: 0, endMs: 900, speaker: 'Ana', text: 's0w0 s0w1 s0w2', segments: { first: 0, last: 0 } },
        { startMs: 1000, endMs: 1900, speaker: 'Ben', text: 's1w0 s1w1 s1w2 s1w3', segments: { first: 1, last: 1 } },
      ],
      tokens: null,
      speaker: 'Ben',
      startMs: 0,
      endMs: 1900,
    },
  ]);
});

test('turns of one speaker that follow each other share a label', () => {
  const [first, second] = talk(1, 1) as [Segment, Segment];
  expect(chunk([first, { ...second, speaker: 'Ana' }])[0]?.text).toBe('Ana: s0w0 s1w0');
});

test('a transcript without speakers has no labels', () => {
  const [chunked] = chunk(talk(2, 2).map((segment) => ({ ...segment, speaker: null })));
  expect(chunked).toMatchObject({ text: 's0w0 s0w1 s1w0 s1w1', speaker: null });
});

test('a short turn never stands alone, whatever stands before or after it', () => {
  for (const segments of [talk(250, 1), talk(1, 900), talk(900, 1, 900), talk(250, 1, 1, 1), talk(312, 39, 312)])
    for (const { text } of chunk(segments)) expect(wordCount(text)).toBeGreaterThan(40);
});

test.each([
  ['many segments', Array(300).fill(20)],
  ['an hour in one segment', [6000]],
])('chunks of %s stay near their size', (_, lengths) => {
  const chunks = chunk(talk(...lengths));
  for (const { text } of chunks) expect(wordCount(text)).toBeLessThan(340);
  expect(chunks.length).toBeGreaterThan(20);
});

test('a segment of several chunks is cut between sentences, and its words are spread over its time', () => {
  const sentence = `${words(29)} end.`;
  const [segment] = talk(1) as [Segment];
  const long = { ...segment, text: Array(30).fill(sentence).join(' ') };
  const chunks = chunk([long]);
  expect(chunks.length).toBeGreaterThan(2);
  for (const { text } of chunks) expect(text).toMatch(/^Ana: word0 .* end\.$/);
  expect(chunks.map(({ startMs }) => startMs)).toEqual([0, ...chunks.slice(0, -1).map(({ endMs }) => endMs)]);
  expect(chunks.at(-1)?.endMs).toBe(900);
});

test.each([
  ['Chinese', '我们计划以每台二十五欧元的价格出售这些遥控器，'],
  ['Japanese', 'これらのリモコンサーバーを一台二十五ユーロで売る。'],
  ['Thai', 'เรากำลังวางแผนที่จะขายรีโมทคอนโทรลเหล่านี้ในราคายี่สิบห้ายูโร'],
])('%s, which writes no blanks between words, is cut into chunks of about the same length', (_, text) => {
  const segments = talk(...Array(200).fill(1)).map((segment) => ({ ...segment, text }));
  const words = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)].filter((part) => part.isWordLike);
  const chunks = chunk(segments);
  const wordsAChunk = (words.length * segments.length) / chunks.length;
  expect(wordsAChunk).toBeGreaterThan(150);
  expect(wordsAChunk).toBeLessThan(350);
});

test('the same transcript gives the same chunks, and each its own id', () => {
  const segments = talk(...Array.from({ length: 100 }, () => 30));
  const chunks = chunk(segments);
  expect(chunk(segments)).toEqual(chunks);
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(chunks.length);
  for (const { id } of chunks) expect(id).toMatch(idPattern('chk'));
});

test('a transcript that comes in parts gives the same chunks', () => {
  const segments = talk(...Array.from({ length: 200 }, (_, i) => (i * 37) % 400));
  const cutter = transcriptCutter(owner, digest);
  const cut = [];
  for (let from = 0; from < segments.length; from += 7) cut.push(...cutter.add(segments.slice(from, from + 7)));
  expect([...cut, ...cutter.end()]).toEqual(chunk(segments));
});

test('overlapping speech keeps the latest end', () => {
  const [first, second] = talk(5, 5) as [Segment, Segment];
  expect(chunk([{ ...first, endMs: 9000 }, second])[0]).toMatchObject({ startMs: 0, endMs: 9000 });
});
