import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMeetings } from '../../../tools/eval/meetings.ts';
import floors from '../../../tools/eval/prompts/prompt-floors.json' with { type: 'json' };
import { type PromptScores, promptScores } from '../../../tools/eval/prompts/prompt-scores.ts';

/**
 * What prompts hold of the turns that answer a question, searched by hashed words alone: the real model would take CI many
 * minutes. `npm run eval` prints the numbers of the real one.
 */
let directory: string;
let scores: PromptScores;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-eval-'));
  scores = await promptScores(readMeetings(), directory, { embedders: [] });
}, 600_000);
afterAll(() => rm(directory, { recursive: true }));

const measured: Record<keyof typeof floors, () => number> = {
  goldAt32000: () => scores.goldAt32000,
  goldAt12000: () => scores.goldAt12000,
  goldOfAllAt32000: () => scores.goldOfAllAt32000,
  followUpsKept: () => scores.followUps.kept,
  changesUnchanged: () => scores.followUps.unchanged,
  named: () => scores.library.named,
  speaker: () => scores.library.gold.speaker,
  across: () => scores.library.gold.across,
  momentsWithin15s: () => scores.moments.within15s,
};

test.each(Object.keys(floors) as (keyof typeof floors)[])('%s does not fall under its floor', (measure) => {
  expect(measured[measure]()).toBeGreaterThanOrEqual(floors[measure]);
});

test('the sets are as large as the bar asks', () => {
  const { followUps, library, moments } = scores;
  expect(followUps.cases).toBeGreaterThanOrEqual(40);
  expect(followUps.changes).toBeGreaterThanOrEqual(40);
  expect(library.questions).toBeGreaterThanOrEqual(60);
  expect(moments.citations).toBeGreaterThanOrEqual(1_000);
});
