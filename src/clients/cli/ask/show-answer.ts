import type { ApiClient } from '../../sdk/api-client.ts';
import type { AskResult } from '../../sdk/wire-types.ts';
import { note, print } from '../lib/output.ts';
import { recordingNames } from '../library/recording-names.ts';
import { answerText } from './answer-text.ts';
import type { Conversation } from './conversation.ts';
import { LiveAnswer } from './live-answer.ts';

export type AskAndShow = (question: string) => Promise<AskResult>;

/**
 * Asks questions and shows their answers: word by word on a terminal, else whole, because a program must not read an
 * answer that began twice.
 */
export function answerShower(client: ApiClient, conversation: Conversation): AskAndShow {
  const nameOf = recordingNames(client);
  return process.stdout.isTTY ? live : whole;

  async function whole(question: string): Promise<AskResult> {
    const result = await conversation.ask(question);
    print(await answerText(result, nameOf));
    noteUnsupported(result);
    return result;
  }

  async function live(question: string): Promise<AskResult> {
    // Loaded here, because only a terminal needs it.
    const { terminalOutput } = await import('../lib/terminal-markdown.ts');
    const answer = new LiveAnswer(terminalOutput(process.stdout));
    const result = await conversation.ask(question, answer.show).finally(() => answer.end());
    await answer.showCited(nameOf);
    noteUnsupported(result);
    return result;
  }
}

/** Says which facts of an answer the lines that it cites do not state. */
function noteUnsupported({ message }: AskResult): void {
  const facts = message.grounding?.unsupported.flatMap(({ text }) => (text === null ? [] : [`“${text}”`])) ?? [];
  if (facts.length > 0) note(`Not found in the cited lines: ${facts.join(', ')}`);
}
