import { createInterface, type Interface } from 'node:readline/promises';
import { Command } from 'commander';
import { loadConfig } from '../../../runtime/config.ts';
import { EXIT, reportFailure } from '../lib/failure.ts';
import { note, print } from '../lib/output.ts';
import { openConversation, withAskingOptions } from './asking.ts';
import { answerShower } from './show-answer.ts';

/** `ask chat`: one question a line, from the terminal or a pipe, until the end of the input. */
export function chatCommand(): Command {
  return withAskingOptions(new Command('chat'))
    .description('ask line by line; Ctrl-D ends')
    .action(async (options: unknown) => {
      const { client, conversation } = await openConversation(loadConfig(), options);
      const show = answerShower(client, conversation);
      const { lines, prompt } = openInput();
      prompt();
      for await (const line of lines) {
        const question = line.trim();
        if (question !== '') await answer(question);
        prompt();
      }
      if (conversation.sessionId !== null) note(`Continue with: ask chat --session ${conversation.sessionId}`);

      /** A question that fails is reported, and the next one is taken; a script sees it in the exit code. */
      async function answer(question: string): Promise<void> {
        try {
          await show(question);
          print('');
        } catch (error) {
          reportFailure(error);
          if (!process.stdin.isTTY) process.exitCode = EXIT.failure;
        }
      }
    });
}

/** Lines of stdin, and a function that shows a prompt if stdin is a terminal. */
function openInput(): { lines: Interface; prompt(): void } {
  if (!process.stdin.isTTY) return { lines: createInterface({ input: process.stdin }), prompt: () => {} };
  const lines = createInterface({ input: process.stdin, output: process.stderr, prompt: '> ' });
  let open = true;
  // Ctrl-D may come while an answer is on its way.
  lines.once('close', () => {
    open = false;
  });
  return {
    lines,
    prompt() {
      if (open) lines.prompt();
    },
  };
}
