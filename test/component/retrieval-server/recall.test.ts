import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEmbedders } from '../../support/test-embedders.ts';
import { compareLegs } from '../../tools/eval/compare-legs.ts';
import type { Scores } from '../../tools/eval/evaluate.ts';
import floors from '../../tools/eval/floors.json' with { type: 'json' };
import { readMeetings } from '../../tools/eval/meetings.ts';

/** What a plain BM25 over chunks of 180 words reaches on these meetings. */
const PLAIN_BM25 = { hitAt1: 0.3, hitAt8: 0.67, recallAt8: 0.32, recallAt40: 0.63 };

/** Of forty questions; hashed words find 9 of them. */
const PARAPHRASES_HIT_AT_8 = 0.65;

let directory: string;
let isModelHere: boolean;
let scores: Awaited<ReturnType<typeof compareLegs>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-eval-'));
  isModelHere = (await testEmbedders()).length > 0;
  scores = await compareLegs(readMeetings(), directory);
}, 300_000);
afterAll(() => rm(directory, { recursive: true }));

const measures = Object.keys(floors) as (keyof typeof floors)[];

test.each(measures)('%s does not fall under its floor', (measure) => {
  if (!isModelHere) return console.log('skipped: no source of the embedding model');
  expect(scores.questions.hybrid[measure]).toBeGreaterThanOrEqual(floors[measure]);
});

test.each(measures)('both legs together have a better %s than each alone', (measure) => {
  expect(scores.questions.hybrid[measure]).toBeGreaterThan(
    Math.max(scores.questions.dense[measure], scores.questions.sparse[measure]),
  );
});

test.each(Object.entries(PLAIN_BM25))('%s is better than the %f of plain keyword search', (measure, plain) => {
  expect(scores.questions.hybrid[measure as keyof Scores]).toBeGreaterThan(plain);
});

test('every hit leads to a recording and a time of the end user who asked', () => {
  for (const { citable, leaks } of Object.values(scores.questions))
    expect({ citable, leaks }).toEqual({ citable: 1, leaks: 0 });
});

test('questions in other words than their answers find them', () => {
  if (!isModelHere) return console.log('skipped: no source of the embedding model');
  expect(scores.paraphrases.hybrid.hitAt8).toBeGreaterThanOrEqual(PARAPHRASES_HIT_AT_8);
});
