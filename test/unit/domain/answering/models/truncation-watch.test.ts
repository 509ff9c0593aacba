import { readFileSync } from 'node:fs';
import { countTokens as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as o200k } from 'gpt-tokenizer/encoding/o200k_base';
import { countTokens as r50k } from 'gpt-tokenizer/encoding/r50k_base';
import { TruncationWatch } from '../../../../../src/domain/answering/models/truncation-watch.ts';
import { countTokens } from '../../../../../src/domain/shared/tokens.ts';

const WINDOW = 4_096;

/** A real transcript as prompts show it. */
const transcript = linesOf('ES2006d');
const japanese = 'ローンチは五月十二日に移りました。アナは予算を確認し、次の会議までに報告します。\n'.repeat(400);

function linesOf(meeting: string): string {
  const path = new URL(`../../../../../src/local/stack/demo/demo-data/${meeting}.json`, import.meta.url);
  const { segments } = JSON.parse(readFileSync(path, 'utf8')) as { segments: { speaker: string; text: string }[] };
  return segments.map(({ speaker, text }) => `[^k7x2m] 01:02 ${speaker}: ${text}`).join('\n');
}

/** The beginning of a text with about this many tokens of ours. */
function beginning(text: string, tokens: number): string {
  let length = Math.round((tokens * text.length) / countTokens(text));
  while (countTokens(text.slice(0, length)) < tokens && length < text.length) length += 40;
  return text.slice(0, length);
}

const promptOf = (text: string, counted: number) => ({ ours: countTokens(text), characters: text.length, counted });
const TOKENIZERS = [
  ['o200k', o200k],
  ['cl100k', cl100k],
  ['r50k', r50k],
] as const;
const SIZES = [5_510, 5_600, 6_000, 8_000, 12_000, 20_000];

describe.each(TOKENIZERS)('a server that counts by %s', (_, count) => {
  test.each(SIZES)('and cuts at 4,096 is noticed at the first prompt of %i tokens', (size) => {
    const counted = Math.min(count(beginning(transcript, size)), WINDOW);
    expect(new TruncationWatch().judge(promptOf(beginning(transcript, size), counted))).toBe('truncated');
  });

  test('and cuts at 4,096 is noticed after shorter prompts too', () => {
    const watch = new TruncationWatch();
    for (const size of [300, 1_200, 2_400, 3_200]) {
      const text = beginning(transcript, size);
      expect(watch.judge(promptOf(text, count(text)))).toBe('whole');
    }
    for (const size of SIZES) expect(watch.judge(promptOf(beginning(transcript, size), WINDOW))).toBe('truncated');
  });

  test('and cuts nothing is never suspected, whatever the sizes and languages', () => {
    const watch = new TruncationWatch();
    const sizes = [500, 3_000, 2_100, 9_000, 4_500, 1_500, 15_000, 2_500];
    for (const text of [transcript, japanese, transcript]) {
      for (const size of sizes) {
        const prompt = beginning(text, size);
        expect(watch.judge(promptOf(prompt, count(prompt) + 12))).toBe('whole');
      }
    }
  });
});

test('a gateway that adds to each prompt is not suspected', () => {
  const watch = new TruncationWatch();
  for (const ours of [1_000, 1_500, 2_500, 6_000, 1_100, 20_000]) {
    expect(watch.judge({ ours, characters: 3 * ours, counted: ours + 300 })).toBe('whole');
  }
});

test('the same count for two prompts of other lengths is certain', () => {
  const watch = new TruncationWatch();
  expect(watch.judge({ ours: 4_500, characters: 13_500, counted: WINDOW })).toBe('whole');
  expect(watch.judge({ ours: 5_000, characters: 15_000, counted: WINDOW })).toBe('truncated');
});

test('a count a little below is suspect, and is not learned', () => {
  const watch = new TruncationWatch();
  for (const ours of [4_000, 6_000, 9_000]) {
    expect(watch.judge({ ours, characters: 3 * ours, counted: 0.8 * ours })).toBe('suspect');
  }
  expect(watch.ratio).toBeNull();
});

test('a ratio is learned from counts that move with ours, and from no others', () => {
  const watch = new TruncationWatch();
  watch.judge({ ours: 2_000, characters: 6_000, counted: 2_600 });
  watch.judge({ ours: 2_100, characters: 6_300, counted: 2_730 });
  expect(watch.ratio).toBeNull();
  watch.judge({ ours: 3_000, characters: 9_000, counted: 3_900 });
  expect(watch.ratio).toBeCloseTo(1.3);
  // 4,200 of 5,200 tokens: a cut that a ratio of 1 would not see.
  expect(watch.judge({ ours: 4_000, characters: 12_000, counted: 4_200 })).toBe('suspect');
});

test('a number that no window is so small for is no count', () => {
  expect(new TruncationWatch().judge({ ours: 6_000, characters: 18_000, counted: 10 })).toBe('uncounted');
});
