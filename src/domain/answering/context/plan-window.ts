/** What decides how a model's context window is shared out. Tokens are ours unless it says otherwise. */
export interface WindowSettings {
  /** The model's context window, in its own tokens. */
  window: number;
  /** The model's tokens for one of ours; `UNLEARNED_RATIO` until it is learned. */
  ratio: number;
  maxOutputTokens: number;
  /** The most that passages or whole transcripts of a library may have. */
  contextTokens: number;
  historyTokens: number;
}

type Room = Pick<WindowSettings, 'window' | 'ratio' | 'maxOutputTokens'>;

export interface WindowPlan {
  /** The longest answer, in the model's tokens. */
  output: number;
  /** The longest list of recordings. */
  catalogue: number;
  /** What the context may fill. */
  context: number;
  /** What the last turn may fill, whatever the context takes: what is longer is cut at its end. */
  lastTurn: number;
}

/** Where nothing is known of a model. */
export const USUAL_WINDOW = 128_000;
export const UNLEARNED_RATIO = 1.1;
/** A smaller window holds no useful context beside rules, question and answer. */
export const LEAST_WINDOW = 6_000;
/** With less than this an answer would rest on next to nothing. */
export const LEAST_CONTEXT = 500;

const LONGEST_LAST_TURN = 4_000;
/** What a recording's limit leaves to rules and question, whatever the question is. */
const BESIDE_A_TRANSCRIPT = 3_000;

/**
 * Shares the window out before anything is looked up. It depends on the sizes of rules and question alone, so that a scope
 * which fits once fits on every turn.
 */
export function planWindow(
  settings: WindowSettings,
  { rules, question }: { rules: number; question: number },
): WindowPlan {
  const { window, contextTokens } = settings;
  const output = outputTokens(settings);
  const lastTurn = lastTurnTokens(window);
  const catalogue = Math.floor(window / 10);
  const left = roomIn(settings) - catalogue - rules - question;
  return { output, catalogue, lastTurn, context: Math.max(0, Math.min(contextTokens, left)) };
}

/** What earlier turns may fill once the rest of the prompt is known; null where not even the answer has room. */
export function historyTokens(
  settings: WindowSettings,
  shown: { rules: number; question: number; context: number },
): number | null {
  const left = roomIn(settings) - shown.rules - shown.question - shown.context;
  const room = lastTurnTokens(settings.window) + left;
  return room < 0 ? null : Math.min(settings.historyTokens, room);
}

/** The longest transcript that is shown whole. It does not depend on the question. */
export function transcriptLimit(settings: Room, maxTranscriptTokens: number): number {
  return Math.max(0, Math.min(maxTranscriptTokens, roomIn(settings) - BESIDE_A_TRANSCRIPT));
}

/** The window in our tokens, less the answer and the last turn. */
function roomIn(settings: Room): number {
  const { window, ratio } = settings;
  return Math.floor(window / ratio) - outputTokens(settings) - lastTurnTokens(window);
}

function outputTokens({ window, maxOutputTokens }: Room): number {
  return Math.min(maxOutputTokens, Math.floor(window / 4));
}

function lastTurnTokens(window: number): number {
  return Math.min(Math.floor(window / 8), LONGEST_LAST_TURN);
}
