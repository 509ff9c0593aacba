import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { LanguageModel } from '../../../ports/language-model.ts';
import type { AskResult } from '../../sdk/wire-types.ts';
import { sentenceOf } from '../lib/failure.ts';
import type { Asked } from './ask-set.ts';

const verdict = z.object({
  content: z.enum(['right', 'partly', 'wrong', 'abstains']),
  /** Citations whose quote shows the statement before it. */
  supported: z.int().nonnegative(),
  unsupported: z.int().nonnegative(),
  reason: z.string(),
});
/** What a model judges of an answer by the rubric. */
export type Verdict = z.infer<typeof verdict>;

/** A verdict, or why there is none. */
export type Judged = { verdict: Verdict } | { notMeasured: string };

const RUBRIC = new URL('rubric.md', import.meta.url);
const TIMEOUT_MS = 120_000;
const LONGEST_VERDICT = 1_000;

/** Judges answers with a real model, by the rubric that comes with the command. */
export async function createJudge(model: LanguageModel): Promise<(asked: Asked) => Promise<Judged>> {
  const rules = await readFile(RUBRIC, 'utf8');
  return async ({ question, result, failure }) => {
    if (result === null) return { notMeasured: `the question failed: ${failure}` };
    const prompt = {
      rules,
      context: '',
      contextIsStable: false,
      history: [],
      notes: '',
      question: JSON.stringify({
        question: question.question,
        expected: question.expected ?? 'Nothing in the recordings answers this question.',
        answer: result.message.content,
        citations: quotesOf(result),
      }),
    };
    try {
      const options = { signal: AbortSignal.timeout(TIMEOUT_MS), maxOutputTokens: LONGEST_VERDICT };
      const { text } = await model.generate(prompt, options);
      return parseVerdict(text);
    } catch (error) {
      return { notMeasured: `the judge failed: ${sentenceOf(error)}` };
    }
  };
}

function parseVerdict(text: string): Judged {
  const json = /\{[\s\S]*\}/.exec(text)?.[0];
  try {
    return { verdict: verdict.parse(JSON.parse(json ?? '')) };
  } catch {
    return { notMeasured: 'the judge wrote no verdict' };
  }
}

/** The quotes as the content numbers them. */
function quotesOf({ message }: AskResult): { number: number; speaker: string | null; quote: string | null }[] {
  const numbers = new Map<string, number>();
  return message.parts.flatMap((part) => {
    if (part.type === 'text') return [];
    const moment = `${part.recording_id}/${part.start_ms}`;
    const isKnown = numbers.has(moment);
    const number = numbers.get(moment) ?? numbers.size + 1;
    numbers.set(moment, number);
    return isKnown ? [] : [{ number, speaker: part.speaker, quote: part.quote }];
  });
}
