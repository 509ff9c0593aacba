/**
 * What a model is asked, in the order in which it stays the same from turn to turn, so that a provider's prompt cache
 * hits: the rules, then the context, then the conversation, then the question.
 */
export interface Prompt {
  /** The rules. The same for every session of one scope type. */
  rules: string;
  /** The delimited transcript or passages with their citation markers. The same for every turn of a recording session. */
  context: string;
  /** Whether `context` is the same on the next turn, so that marking it for a prompt cache pays. */
  contextIsStable: boolean;
  /** Earlier turns, oldest first. */
  history: { question: string; answer: string }[];
  question: string;
}

/** All texts that a prompt shows to a model, in order. */
export function textsOfPrompt({ rules, context, history, question }: Prompt): string[] {
  return [rules, context, ...history.flatMap((turn) => [turn.question, turn.answer]), question];
}
