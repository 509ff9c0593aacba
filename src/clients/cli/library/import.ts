import { Command } from 'commander';
import { z } from 'zod';
import type { EndUserId } from '../../../domain/shared/ids.ts';
import { instant } from '../../../http/kernel/schemas/field-schemas.ts';
import { endUserId } from '../../../http/kernel/schemas/id-schemas.ts';
import { loadConfig } from '../../../runtime/config.ts';
import { createCheckedClient } from '../../sdk/checked-client.ts';
import { EXIT, UsageError } from '../lib/failure.ts';
import { findApi } from '../lib/find-service.ts';
import { parseWith } from '../lib/options.ts';
import { printJson } from '../lib/output.ts';
import { findFiles } from './find-files.ts';
import { importFile } from './import-file.ts';
import { openImportProgress } from './import-progress.ts';
import { ImportReport, stopsAll } from './import-report.ts';

interface ImportOptions {
  endUser?: EndUserId;
  name?: string;
  charset?: string;
  startedAt?: string;
  key?: string;
  json?: true;
}

const charset = z.string().refine(isKnownCharset, 'is not known; send a name such as windows-1252 or utf-16le');
const recordingName = z.string().min(1).max(255);

/** Files under way at once: the service indexes one while the next ones are sent. */
const AT_ONCE = 4;

/** `ask import`: makes a recording with its transcript for each file, and waits for each until it can be asked about. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      'import transcripts: WebVTT (.vtt), SubRip (.srt), SubViewer (.sbv), text of Otter or Zoom (.txt), JSON of tools; again, it goes on where it stopped',
    )
    .argument('<file...>', 'transcript files, folders of them, or patterns such as "2026-*.vtt"')
    .option('--end-user <id>', 'the end user of the recordings (default: the demo end user)', parseWith(endUserId))
    .option('--name <name>', 'name of the recording (default: that of the file)', parseWith(recordingName))
    .option(
      '--started-at <time>',
      'when the meeting began, such as 2026-09-12T14:00:00Z (default: what the name of the file or its JSON says)',
      parseWith(instant),
    )
    .option(
      '--charset <charset>',
      'of the files, e.g. windows-1252 (default: UTF-8, or UTF-16 by its mark)',
      parseWith(charset),
    )
    .option('--key <key>', 'API key (default: ASK_API_KEY, or the demo key)')
    .option('--json', 'print one JSON object')
    .action(importFiles);
}

async function importFiles(paths: string[], options: ImportOptions): Promise<void> {
  const files = await findFiles(paths);
  const { name, startedAt } = options;
  if (files.length > 1 && name !== undefined) throw new UsageError('--name is for a single file; leave it out.');
  if (files.length > 1 && startedAt !== undefined)
    throw new UsageError('--started-at is for a single file; leave it out.');
  const config = loadConfig();
  const api = await findApi(config, options.key);
  const client = createCheckedClient(api);
  const progress = await openImportProgress(config, files.length);
  const report = new ImportReport(files, options.json ?? false);
  const left = [...files];
  let isStopped = false;
  const importNext = async () => {
    const file = left.shift();
    if (file === undefined) return;
    const source = {
      ...{ file, name, startedAt, charset: options.charset ?? null },
      endUserId: options.endUser ?? api.endUserId ?? undefined,
    };
    const result = await importFile(client, source, progress.show(file));
    progress.end();
    report.add(result);
    isStopped ||= stopsAll(result.failure);
  };
  const importAll = async () => {
    while (left.length > 0 && !isStopped) await importNext();
  };
  try {
    // What stops the first one stops all of them.
    await importNext();
    await Promise.all(Array.from({ length: AT_ONCE }, importAll));
  } finally {
    await progress.close();
  }
  report.skip(left);
  if (options.json) printJson({ files: report.outcomes });
  else report.sum();
  if (report.failed.length > 0) process.exitCode = EXIT.failure;
}

function isKnownCharset(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
