import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Meeting } from '../meetings.ts';
import type { EvalPrompts } from './prompts.ts';

const followUps = z.array(z.object({ language: z.string(), asks: z.array(z.string()).min(1) }));

/** What follow-ups keep of the question before them, and what a change of subject costs. */
export interface FollowUpScores {
  cases: number;
  /** The share of follow-ups whose prompt holds no less of the gold turns of the question before than that one's own. */
  kept: number;
  changes: number;
  /** The share of questions about something else whose prompt is the same as without a conversation. */
  unchanged: number;
  /** Those that are not, to look at. */
  lost: string[];
}

/** A follow-up is asked after so many questions. */
const FIRST_QUESTIONS = 2;
/** A new subject comes so many questions behind the one before it: out of another meeting. */
const APART = 7;
/** Not all of them, which would take long. */
const ONE_IN = 3;

export async function followUpScores(
  { meetings, prompts }: { meetings: readonly Meeting[]; prompts: EvalPrompts },
  budget: number,
): Promise<FollowUpScores> {
  const questions = meetings.flatMap((meeting) => meeting.questions.map((question) => ({ meeting, ...question })));
  const lost: string[] = [];
  let cases = 0;
  let changes = 0;
  let [kept, unchanged] = [0, 0];
  for (const [place, { asks }] of readFollowUps().entries()) {
    for (let i = 0; i < FIRST_QUESTIONS; i++) {
      const first = questions[(place * FIRST_QUESTIONS + i) % questions.length];
      if (first === undefined) continue;
      cases++;
      if (await keeps(prompts, first, asks, budget)) kept++;
      else lost.push(`${first.text} → ${asks.join(' → ')}`);
    }
  }
  for (const [place, { text, answer }] of questions.entries()) {
    if (place % ONE_IN > 0) continue;
    const next = questions[(place + APART) % questions.length]?.text ?? '';
    const history = [{ question: text, answer }];
    const [alone, after] = [
      await prompts.promptTo(next, { budget }),
      await prompts.promptTo(next, { budget, history }),
    ];
    changes++;
    if (alone.shown === after.shown) unchanged++;
    else lost.push(`changed: ${text} → ${next}`);
  }
  return { cases, kept: kept / cases, changes, unchanged: unchanged / changes, lost };
}

async function keeps(
  prompts: EvalPrompts,
  { meeting, text, answer, gold }: { meeting: Meeting } & Meeting['questions'][number],
  asks: readonly string[],
  budget: number,
): Promise<boolean> {
  const turns = new Map([[meeting.name, gold]]);
  const before = (await prompts.promptTo(text, { budget })).holds(turns);
  const history = [text, ...asks.slice(0, -1)].map((question) => ({ question, answer }));
  const after = (await prompts.promptTo(asks.at(-1) ?? '', { budget, history })).holds(turns);
  return after >= before;
}

function readFollowUps() {
  return followUps.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'questions/follow-ups.json'), 'utf8')));
}
