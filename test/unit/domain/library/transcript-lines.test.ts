import { expect, test } from '@jest/globals';
import { linesOf } from '../../../../src/domain/library/transcript-lines.ts';

const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}${i % 9 === 8 ? '.' : ''}`).join(' ');

test('neighbouring segments of one speaker make a line of at most 15 seconds', () => {
  const lines = [
    ...linesOf([at(0, 6, 'Ana'), at(6, 12, 'Ana'), at(12, 18, 'Ana'), at(18, 19, 'Ben'), at(19, 20, 'Ana')]),
  ];
  expect(lines.map(({ startMs, endMs, speaker, segments }) => [startMs, endMs, speaker, segments])).toEqual([
    [0, 12_000, 'Ana', { first: 0, last: 1 }],
    [12_000, 18_000, 'Ana', { first: 2, last: 2 }],
    [18_000, 19_000, 'Ben', { first: 3, last: 3 }],
    [19_000, 20_000, 'Ana', { first: 4, last: 4 }],
  ]);
});

test('a long segment is cut into moments whose times follow from its words', () => {
  const lines = [...linesOf([at(60, 180, 'Ana', words(300))])];
  for (const { startMs, endMs } of lines) expect(endMs - startMs).toBeLessThanOrEqual(15_000);
  expect(lines.map(({ text }) => text).join(' ')).toBe(words(300));
  expect([lines[0]?.startMs, lines.at(-1)?.endMs]).toEqual([60_000, 180_000]);
  expect(lines.every(({ segments }) => segments?.first === 0 && segments.last === 0)).toBe(true);
});

test('a slow segment of few words stays whole', () => {
  expect([...linesOf([at(0, 60, 'Ana', 'Well … let me think.')])]).toHaveLength(1);
});

test('a segment without words is no line', () => {
  expect([...linesOf([at(0, 1, 'Ana', '  ')])]).toEqual([]);
});

function at(from: number, to: number, speaker: string, text = 'Yes indeed.') {
  return { startMs: from * 1000, endMs: to * 1000, speaker, text, confidence: null };
}
