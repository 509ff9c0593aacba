import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkGrounding } from '../../../../../src/domain/answering/grounding/check-grounding.ts';

/** A line, an honest sentence about it and a distorted one: kinds that the meetings hardly have. */
const pairs = z
  .array(
    z.strictObject({
      kind: z.enum(['number', 'date', 'name', 'speaker', 'quote']),
      speaker: z.string(),
      line: z.string(),
      honest: z.string(),
      distorted: z.string(),
      others: z.array(z.string()).optional(),
      recordedAt: z.string().optional(),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../../tools/eval/grounding/pairs.json'), 'utf8')));

function statusOf({ speaker, line, others, recordedAt }: (typeof pairs)[number], sentence: string): string {
  const cited = { startMs: 0, endMs: 10_000, speaker, text: line, title: null, recordedAt: recordedAt ?? null };
  return checkGrounding({
    parts: [sentence.replace(/[.!?]$/, ' '), { cited }, '.'],
    question: 'What was said?',
    speakers: others ?? [speaker],
    saysNotFound: false,
    timeZone: 'UTC',
  }).status;
}

test('ordinals, fractions, money, ranges, clocks, other languages, short names: honest ones pass, distorted ones do not', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(100);
  const accused = pairs.filter((pair) => statusOf(pair, pair.honest) !== 'supported');
  const missed = pairs.filter((pair) => statusOf(pair, pair.distorted) !== 'partial');
  expect(accused.map(({ honest }) => honest).slice(Math.floor(0.03 * pairs.length))).toEqual([]);
  expect(missed.map(({ distorted }) => distorted).slice(Math.floor(0.05 * pairs.length))).toEqual([]);
});
