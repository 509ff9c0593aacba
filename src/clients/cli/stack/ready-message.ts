import { DEMO_QUESTION, DEMO_QUESTION_MEETING } from '../../../local/stack/demo/demo-meetings.ts';
import type { Demo } from '../../../local/stack/demo/first-start.ts';
import type { Stack } from '../../../local/stack/state/state-directory.ts';
import { type Answerer, describeAnswerers } from './answerers.ts';
import { describeIndexModel, type IndexModel } from './index-model.ts';

export interface Ready {
  stack: Stack;
  demo: Demo | null;
  answerers: readonly Answerer[] | null;
  /** What searches by meaning; null where the index is not of this stack. */
  indexModel: IndexModel | null;
  /** Whether a person reads this. A link that signs in must not stand in a log. */
  onTerminal: boolean;
}

/** The end of a start: the addresses, a link that signs in, and a first question that works when pasted. */
export function readyMessage({ stack, demo, answerers, indexModel, onTerminal }: Ready): string {
  const lines = [
    '',
    'Ready. Ctrl-C stops everything; what was asked is kept.',
    '',
    `  Console      ${onTerminal && demo !== null && isLoopback(stack.api) ? signInLink(stack, demo) : `${stack.api}/`}`,
    `  API          ${stack.api}`,
    `  Reference    ${stack.api}/docs`,
    ...(stack.temporalUi === null ? [] : [`  Temporal UI  ${stack.temporalUi}`]),
    ...(answerers === null ? [] : [`  Answers      ${describeAnswerers(answerers)}`]),
    ...(indexModel === null ? [] : [`  Search       ${describeIndexModel(indexModel)}`]),
  ];
  const where = demo === null ? null : whereToAsk(demo, answerers ?? []);
  if (demo !== null && where !== null) lines.push('', 'Ask a first question:', '', curl(stack, demo.key, where));
  return lines.join('\n');
}

/** A context window that holds a whole sample meeting, and what stands beside it. */
const WINDOW_FOR_A_MEETING = 16_000;

/** One meeting; where the model's window is small, the library, which is searched. */
function whereToAsk({ recording_ids, end_user_id }: Demo, answerers: readonly Answerer[]): object | null {
  const recording = recording_ids[DEMO_QUESTION_MEETING];
  if (recording === undefined) return null;
  const window = answerers.find((each) => each.default)?.context_tokens ?? WINDOW_FOR_A_MEETING;
  if (window >= WINDOW_FOR_A_MEETING) return { scope: { type: 'recording', recording_id: recording } };
  return { scope: { type: 'library' }, end_user_id };
}

/** A browser does not send what is behind the #, and the console takes it out of the address bar. */
function signInLink({ api }: Stack, { key }: Demo): string {
  return `${api}/#/sign-in?key=${encodeURIComponent(key)}`;
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

function curl(stack: Stack, key: string, where: object): string {
  const body = { ...where, initial_message: { content: DEMO_QUESTION } };
  return [
    `curl -sS ${stack.api}/v1/ask/sessions \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n');
}
