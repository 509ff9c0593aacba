import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Meeting } from '../meetings.ts';

const questionsSchema = z.array(
  z.strictObject({ meeting: z.string(), question: z.string(), answer: z.tuple([z.number(), z.number()]) }),
);

/** The meetings with the questions that share no content word with their answers, in place of their own questions. */
export function withParaphrases(meetings: readonly Meeting[]): Meeting[] {
  const given = questionsSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'questions.json'), 'utf8')));
  return meetings.map((meeting) => ({
    ...meeting,
    questions: given
      .filter((each) => each.meeting === meeting.name)
      .map(({ question, answer: [first, last] }) => ({
        text: question,
        answer: meeting.segments
          .slice(first, last + 1)
          .map(({ text }) => text)
          .join(' '),
        gold: new Set(Array.from({ length: last - first + 1 }, (_, i) => first + i)),
      })),
  }));
}
