import { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { answerWriter } from './answer-text.ts';
import { openConversation, withAskingOptions } from './asking.ts';
import { note, print, printJson } from './output.ts';

/** `ask question`: one question, one answer. */
export function questionCommand(): Command {
  return withAskingOptions(new Command('question'))
    .description('ask one question')
    .argument('<text>', 'the question')
    .option('--json', 'print the ask result as one JSON object')
    .action(async (text: string, options: { json?: true }) => {
      const { client, conversation } = await openConversation(loadConfig(), options);
      const result = await conversation.ask(text);
      if (options.json) return printJson(result);
      print(await answerWriter(client)(result));
      note(`(${result.message.provider}, ${result.message.model}; session ${result.session_id})`);
    });
}
