import { createInterface, type Interface } from 'node:readline/promises';
import { Command } from 'commander';
import { loadConfig } from '../../../runtime/config.ts';
import { EXIT, reportFailure } from '../lib/failure.ts';
import { note, print } from '../lib/output.ts';
import { openConversation, withAskingOptions } from './asking.ts';
import type { Conversation } from './conversation.ts';
import { answerShower } from './show-answer.ts';
import { interruptHandler, leaveInterrupted, wasStopped } from './stop-on-interrupt.ts';

/** `ask chat`: one question a line, from the terminal or a pipe, until the end of the input. */
export function chatCommand(): Command {
  return withAskingOptions(new Command('chat'))
    .description('ask line by line; Ctrl-C stops an answer, and ends the chat when there is none; so does Ctrl-D')
    .action(async (options: { key?: string }) => {
      const { client, conversation } = await openConversation(loadConfig(), options);
      const askAndShow = answerShower(client, conversation);
      const { lines, prompt } = openInput();
      const sayGoodbye = () => noteContinuation(conversation, options.key);
      lines.on('SIGINT', interruptHandler(conversation, leave));
      prompt();
      for await (const line of lines) {
        const question = line.trim();
        if (question !== '') await answer(question);
        prompt();
      }
      sayGoodbye();

      /** At the prompt the chat ends as with Ctrl-D. An answer that is still on its way is not waited for. */
      function leave(): void {
        if (conversation.state === 'idle') lines.close();
        else {
          sayGoodbye();
          leaveInterrupted();
        }
      }

      /** A question that fails is reported, and the next one is taken; a script sees it in the exit code. */
      async function answer(question: string): Promise<void> {
        try {
          await askAndShow(question);
          print('');
        } catch (error) {
          if (wasStopped(error)) return note('The answer was stopped.');
          reportFailure(error);
          if (!process.stdin.isTTY) process.exitCode = EXIT.failure;
        }
      }
    });
}

/** A command to paste. The key itself is not shown. */
function noteContinuation({ sessionId }: Conversation, key: string | undefined): void {
  const withKey = key === undefined ? '' : ' --key KEY';
  if (sessionId !== null) note(`Continue with: npx ask chat --session ${sessionId}${withKey}`);
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
