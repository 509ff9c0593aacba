import { Command } from 'commander';
import { loadConfig } from '../../../runtime/config.ts';
import { note, printJson } from '../lib/output.ts';
import { openConversation, withAskingOptions } from './asking.ts';
import { answerShower } from './show-answer.ts';

/** `ask question`: one question, one answer. */
export function questionCommand(): Command {
  return withAskingOptions(new Command('question'))
    .description('ask one question')
    .argument('<text>', 'the question')
    .option('--json', 'print the ask result as one JSON object')
    .action(async (text: string, options: { json?: true }) => {
      const { client, conversation } = await openConversation(loadConfig(), options);
      if (options.json) return printJson(await conversation.ask(text));
      const result = await answerShower(client, conversation)(text);
      note(`(${result.message.provider}, ${result.message.model}; session ${result.session_id})`);
    });
}
