import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { loadConfig } from '../../../runtime/config.ts';
import { EXIT, UsageError } from '../lib/failure.ts';
import { note, printJson } from '../lib/output.ts';
import { openConversation, withAskingOptions } from './asking.ts';
import type { Conversation } from './conversation.ts';
import { type AskAndShow, answerShower } from './show-answer.ts';
import { interruptHandler, leaveInterrupted, wasStopped } from './stop-on-interrupt.ts';

/** `ask question`: one question, one answer. */
export function questionCommand(): Command {
  return withAskingOptions(new Command('question'))
    .description('ask one question')
    .argument('<text>', 'the question; - reads it from standard input')
    .option('--json', 'print the ask result as one JSON object')
    .action(async (text: string, options: { json?: true }) => {
      const question = text === '-' ? await readQuestion() : text;
      const { client, conversation } = await openConversation(loadConfig(), options);
      if (options.json) return printJson(await conversation.ask(question));
      await answerOnce(conversation, answerShower(client, conversation), question);
    });
}

async function answerOnce(conversation: Conversation, askAndShow: AskAndShow, question: string): Promise<void> {
  // Only an answer that is shown while it comes can be stopped.
  if (process.stdout.isTTY) process.on('SIGINT', interruptHandler(conversation, leaveInterrupted));
  try {
    const { message, session_id } = await askAndShow(question);
    note(`(${message.provider}, ${message.model}; session ${session_id})`);
  } catch (error) {
    if (!wasStopped(error)) throw error;
    note('The answer was stopped. The question is kept in the session.');
    process.exitCode = EXIT.interrupted;
  }
}

async function readQuestion(): Promise<string> {
  const question = (await readAll(process.stdin)).trim();
  if (question === '')
    throw new UsageError('Standard input is empty. Send the question there, or give it as the text.');
  return question;
}
