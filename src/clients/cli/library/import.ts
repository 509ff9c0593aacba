import { basename } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import type { EndUserId } from '../../../domain/shared/ids.ts';
import { endUserId } from '../../../http/kernel/schemas/id-schemas.ts';
import { loadConfig } from '../../../runtime/config.ts';
import { createCheckedClient } from '../../sdk/checked-client.ts';
import { EXIT, UsageError } from '../lib/failure.ts';
import { findApi } from '../lib/find-service.ts';
import { parseWith } from '../lib/options.ts';
import { note, print, printJson } from '../lib/output.ts';
import { importFile, type Outcome } from './import-file.ts';
import { openImportProgress } from './import-progress.ts';
import { contentTypeOf } from './transcript-file.ts';

interface ImportOptions {
  endUser?: EndUserId;
  name?: string;
  charset?: string;
  key?: string;
  json?: true;
}

const charset = z.string().refine(isKnownCharset, 'is not known; send a name such as windows-1252 or utf-16le');
const recordingName = z.string().min(1).max(255);

/** `ask import`: makes a recording with its transcript for each file, and waits for each until it can be asked about. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      'import transcripts: WebVTT (.vtt), SubRip (.srt), SubViewer (.sbv), text of Otter or Zoom (.txt), JSON of tools',
    )
    .argument('<file...>', 'transcript files')
    .option('--end-user <id>', 'the end user of the recordings (default: the demo end user)', parseWith(endUserId))
    .option('--name <name>', 'name of the recording (default: that of the file)', parseWith(recordingName))
    .option(
      '--charset <charset>',
      'of the files, e.g. windows-1252 (default: UTF-8, or UTF-16 by its mark)',
      parseWith(charset),
    )
    .option('--key <key>', 'API key (default: ASK_API_KEY, or the demo key)')
    .option('--json', 'print one JSON object')
    .action(importFiles);
}

async function importFiles(files: string[], options: ImportOptions): Promise<void> {
  if (options.name !== undefined && files.length > 1)
    throw new UsageError('--name is for a single file; leave it out.');
  for (const file of files) contentTypeOf(file);
  const config = loadConfig();
  const api = await findApi(config, options.key);
  const progress = await openImportProgress(config);
  const outcomes: Outcome[] = [];
  try {
    for (const file of files) {
      const name = options.name ?? basename(file);
      const source = {
        file,
        name,
        endUserId: options.endUser ?? api.endUserId ?? undefined,
        charset: options.charset ?? null,
      };
      const outcome = await importFile(createCheckedClient(api), source, progress.show(file));
      progress.end();
      outcomes.push(outcome);
      if (!options.json) report(outcome);
    }
  } finally {
    await progress.close();
  }
  if (options.json) printJson({ files: outcomes });
  if (outcomes.some(({ status }) => status === 'failed')) process.exitCode = EXIT.failure;
}

function isKnownCharset(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

function report({ file, recording_id, status, error }: Outcome): void {
  if (status === 'completed') print(`${recording_id}  ${file}`);
  else note(`error: ${file}: ${error}`);
}
