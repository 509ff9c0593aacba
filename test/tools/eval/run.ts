import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareLegs } from './compare-legs.ts';
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
  const rounded = Object.entries(scores).map(([leg, found]) => [
    leg,
    Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Number(value.toFixed(3))])),
  ]);
  console.table(Object.fromEntries(rounded));
  console.dir(await promptScores(meetings, join(directory, 'prompts')), { depth: null });
} finally {
  await rm(directory, { recursive: true });
}
