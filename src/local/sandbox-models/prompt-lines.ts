import type { Chat } from './protocols/chat-protocol.ts';

/** One line of a prompt's context that an answer may quote. */
export interface PromptLine {
  /** Without its brackets. */
  marker: string;
  speaker: string | null;
  text: string;
}

/** What a prompt shows and asks. */
export interface PromptView {
  /** Rules, and the transcript or passages. */
  shown: string;
  question: string;
  /** Oldest first. */
  earlierQuestions: string[];
  /** Whether the lines are passages out of many recordings. */
  isSearch: boolean;
}

/**
 * Reads the parts of a prompt from its messages. The context stands with the rules or before the question, between
 * delimiters that cannot occur inside it. The question is what follows them.
 */
export function viewOf({ system, turns }: Chat): PromptView {
  const asked = turns.filter(({ role }) => role === 'user').map(({ text }) => text);
  const last = asked.at(-1) ?? '';
  const end = endOfContext(last);
  const shown = `${system}\n${last.slice(0, end)}`;
  return {
    shown,
    question: last.slice(end),
    earlierQuestions: asked.slice(0, -1),
    isSearch: /^<\/passages>$/m.test(shown),
  };
}

export function linesIn(shown: string): PromptLine[] {
  return shown.split('\n').flatMap((line) => readLine(line) ?? []);
}

/** `kx347 Ana: The launch moved to May 12.` */
const LINE = /^((?=[a-z0-9]*\d)[a-z0-9]{5}) (.*)$/;
const SPEAKER = /^([^:.!?]{1,60}): /;

function readLine(line: string): PromptLine | null {
  const match = LINE.exec(line);
  if (!match) return null;
  const said = match[2] as string;
  return { marker: match[1] as string, speaker: SPEAKER.exec(said)?.[1] ?? null, text: said.replace(SPEAKER, '') };
}

function endOfContext(text: string): number {
  return Math.max(
    0,
    ...[...text.matchAll(/^<\/(?:transcript|passages|notes)>$/gm)].map(({ index, 0: end }) => index + end.length),
  );
}
