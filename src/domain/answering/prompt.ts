import type { PromptPart } from '../ask/trace.ts';

/**
 * What a model is asked, in the order in which it stays the same from turn to turn, so that a provider's prompt cache
 * hits: the rules, then the context, then the conversation, then the notes and the question.
 */
export interface Prompt {
  /** The rules. The same for every session of one scope type. */
  rules: string;
  /** The delimited transcript, or recordings and passages, with their citation markers. */
  context: string;
  /** Whether `context` is the same on the next turn, so that marking it for a prompt cache pays. */
  contextIsStable: boolean;
  /** Earlier turns, oldest first. */
  history: { question: string; answer: string }[];
  /** What stands beside the question and changes with it: today's date, and what its words were taken to mean. */
  notes: string;
  question: string;
}

/** All texts that a prompt shows to a model, in order. */
export function textsOfPrompt({ rules, context, history, notes, question }: Prompt): string[] {
  return [rules, context, ...history.flatMap((turn) => [turn.question, turn.answer]), notes, question];
}

/** How many tokens each part has. */
export function tokensOfPrompt(
  { rules, context, history, notes, question }: Prompt,
  countTokens: (text: string) => number,
): Record<PromptPart, number> {
  const texts = history.flatMap((turn) => [turn.question, turn.answer]);
  return {
    rules: countTokens(rules),
    context: countTokens(context),
    history: texts.reduce((sum, text) => sum + countTokens(text), 0),
    notes: countTokens(notes),
    question: countTokens(question),
  };
}
