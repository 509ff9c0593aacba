import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { SessionId } from '../../../domain/shared/ids.ts';
import { sessionId } from '../../../http/kernel/schemas/id-schemas.ts';
import type { ApiClient } from '../../sdk/api-client.ts';
import { CliError } from '../lib/failure.ts';
import { type ClientOptions, openClient, withClientOptions } from '../lib/open-client.ts';
import { parseWith } from '../lib/options.ts';
import { note, printable } from '../lib/output.ts';

interface ExportOptions extends ClientOptions {
  format: 'markdown' | 'json';
  output?: string;
}

/** `ask export`: a session with all its messages, as a document. */
export function exportCommand(): Command {
  return withClientOptions(new Command('export'))
    .description('export a session with all its messages')
    .argument('<session>', 'session id', parseWith(sessionId))
    .addOption(new Option('--format <format>', 'of the document').choices(['markdown', 'json']).default('markdown'))
    .option('-o, --output <file>', 'write it to this file, which must not exist')
    .action(exportSession);
}

async function exportSession(id: SessionId, options: ExportOptions): Promise<void> {
  const { client } = await openClient(options);
  const format = options.json ? 'json' : options.format;
  const document = await DOCUMENTS[format](client, id);
  if (options.output !== undefined) {
    await writeNew(options.output, document);
    note(`Wrote ${options.output}.`);
  } else if (format === 'json' || !process.stdout.isTTY) {
    process.stdout.write(document);
  } else {
    // Loaded here, because only a terminal needs it.
    const { renderMarkdown } = await import('../lib/terminal-markdown.ts');
    process.stdout.write(renderMarkdown(printable(document), process.stdout.columns || 80));
  }
}

const DOCUMENTS = {
  markdown: (client: ApiClient, id: SessionId) => client.exportMarkdown(id),
  json: async (client: ApiClient, id: SessionId) => `${JSON.stringify(await client.exportSession(id))}\n`,
};

async function writeNew(file: string, document: string): Promise<void> {
  try {
    await writeFile(file, document, { flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new CliError(
      exists
        ? `${file} exists already. Name another file with --output, or remove it first.`
        : `${file} cannot be written. Check that its folder is there and that you may write in it.`,
    );
  }
}
