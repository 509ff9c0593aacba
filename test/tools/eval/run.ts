import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareLegs } from './compare-legs.ts';
import type { Scores } from './evaluate.ts';
import { MEETING_FOLDERS, readMeetings } from './meetings.ts';
import { promptScores } from './prompts/prompt-scores.ts';

/** Measures retrieval and prints it: `npm run eval [-- --meetings DIR]`. */
const { values } = parseArgs({
  options: { meetings: { type: 'string', multiple: true, default: MEETING_FOLDERS } },
});
const directory = await mkdtemp(join(tmpdir(), 'ask-eval-'));
try {
  const meetings = readMeetings(values.meetings);
  const scores = await compareLegs(meetings, join(directory, 'legs'));
  for (const asked of ['questions', 'paraphrases'] as const) {
    const { dense, sparse, hybrid } = scores[asked];
    console.log(asked);
    console.table({ dense: rounded(dense), sparse: rounded(sparse), hybrid: rounded(hybrid) });
  }
  console.dir(await promptScores(meetings, join(directory, 'prompts')), { depth: null });
} finally {
  await rm(directory, { recursive: true });
}

function rounded(scores: Scores): object {
  return Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, Number(value.toFixed(3))]));
}
