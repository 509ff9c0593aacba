import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CliError } from '../lib/failure.ts';

const moment = z.strictObject({ recording: z.string(), start_ms: z.int(), end_ms: z.int() });

const setQuestion = z.strictObject({
  id: z.string(),
  question: z.string().min(1),
  /** Asked in the session of this earlier question, behind it. */
  follows: z.string().optional(),
  /** Names of the recordings that it is asked over; unset: the whole library. */
  recordings: z.array(z.string()).min(1).optional(),
  /** What a right answer says; null where nothing in scope answers. */
  expected: z.string().nullable(),
  /** Where it is said; an answer that cites one of these moments cites right. */
  moments: z.array(moment).default([]),
});
export type SetQuestion = z.infer<typeof setQuestion>;

const questionSet = z.strictObject({ name: z.string(), questions: z.array(setQuestion).min(1) });
export type QuestionSet = z.infer<typeof questionSet>;

/** The set that comes with the command: it asks about the sample recordings. */
export const DEMO_SET = fileURLToPath(new URL('demo-set.json', import.meta.url));

/** @throws CliError when there is no such file, or it is no set */
export async function readQuestionSet(path: string): Promise<QuestionSet> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(`${path} cannot be read. Name a JSON file with --set.`);
  });
  const parsed = questionSet.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CliError(
      `${path} is no question set: ${issue?.path.join('.') || 'it'}: ${issue?.message}. See docs/evaluation.md.`,
    );
  }
  const ids = new Set<string>();
  for (const { id, follows } of parsed.data.questions) {
    if (ids.has(id)) throw new CliError(`${path} has two questions with the id ${id}.`);
    if (follows !== undefined && !ids.has(follows))
      throw new CliError(`${path}: the question ${id} follows ${follows}, which does not stand before it.`);
    ids.add(id);
  }
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
