/** What a context window holds besides the transcript or the passages of a question. All counts are ours. */
export interface WindowSettings {
  maxTranscriptTokens: number;
  maxOutputTokens: number;
}

/** Where nothing is known of a model. */
export const USUAL_WINDOW = 128_000;
/** Below this an answer has no room. */
export const LEAST_WINDOW = 6_000;

/** A model's tokens for one of ours, before they are known. */
const UNLEARNED_RATIO = 1.1;
const LONGEST_LAST_TURN = 4_000;
/** Rules, a question, and what lists the recordings. */
const FIXED_PARTS = 3_000;
const RULES_AND_QUESTION = 600;

/** The most that an answer may have. */
export function outputTokens(window: number, { maxOutputTokens }: Pick<WindowSettings, 'maxOutputTokens'>): number {
  return Math.min(maxOutputTokens, Math.floor(window / 4));
}

/** The longest transcript that is shown whole. It does not depend on the question. */
export function transcriptLimit(window: number, settings: WindowSettings): number {
  return Math.min(settings.maxTranscriptTokens, Math.max(roomIn(window, settings) - FIXED_PARTS, 0));
}

/** What passages may fill. A tenth of the window is left to the list of the recordings. */
export function passageTokens(window: number, settings: Pick<WindowSettings, 'maxOutputTokens'>): number {
  return Math.max(Math.floor(roomIn(window, settings) - window / 10 - RULES_AND_QUESTION), 0);
}

/** What earlier turns may fill beside this context and question; null where there is no room for an answer. */
export function historyTokens(
  window: number,
  settings: Pick<WindowSettings, 'maxOutputTokens'>,
  shown: { context: number; question: number },
): number | null {
  const taken = outputTokens(window, settings) + shown.context + shown.question + RULES_AND_QUESTION;
  const left = Math.floor(window / UNLEARNED_RATIO) - taken;
  return left < 0 ? null : left;
}

/** The window in our tokens, without the answer and the last turn. */
function roomIn(window: number, settings: Pick<WindowSettings, 'maxOutputTokens'>): number {
  const lastTurn = Math.min(Math.floor(window / 8), LONGEST_LAST_TURN);
  return Math.floor(window / UNLEARNED_RATIO) - outputTokens(window, settings) - lastTurn;
}
