import { Command, Option } from 'commander';
import { z } from 'zod';
import { INDEX_TARGETS, type IndexTarget } from '../../../domain/library/search-index.ts';
import type { RebuildRun } from '../../../ports/library/reindex-gateway.ts';
import { loadConfig } from '../../../runtime/config.ts';
import { CliError, EXIT } from '../lib/failure.ts';
import { parseWith } from '../lib/options.ts';
import { print, printJson } from '../lib/output.ts';
import type { Reindexing } from './open-reindexing.ts';
import { followRebuild } from './rebuild-progress.ts';

interface ReindexOptions {
  project?: string;
  to?: IndexTarget;
  tokensPerMinute?: number;
  wait: boolean;
  json?: true;
}

/** What Pinecone's smallest plan embeds in a minute, less what imports need meanwhile. */
const PINECONE_TOKENS_A_MINUTE = 200_000;

/** `ask reindex` and what steers it. It speaks to the database and to Temporal: a rebuild is an operator's affair. */
export function reindexCommand(): Command {
  const command = new Command('reindex')
    .description('build the index anew from the database, or move it, while the old one serves')
    .option('--project <name>', 'this project alone; default: every project')
    .addOption(new Option('--to <target>', 'where it is built; default: where it serves').choices(INDEX_TARGETS))
    .option('--tokens-per-minute <number>', 'the most that is written', parseWith(z.coerce.number().int().positive()))
    .option('--no-wait', 'do not wait for its end')
    .option('--json', 'print one JSON object')
    .action(start);
  for (const how of ['pause', 'resume', 'cancel'] as const) {
    command
      .command(how)
      .description(`${how} the rebuild that is under way`)
      .option('--json', 'print one JSON object')
      .action((_: object, { parent }: Command) => steer(how, parent?.opts().json === true));
  }
  command
    .command('status')
    .description('say how far the rebuild is, and which index serves')
    .option('--json', 'print one JSON object')
    .action((_: object, { parent }: Command) => status(parent?.opts().json === true));
  return command;
}

async function start({ project: name, to, tokensPerMinute, wait, json }: ReindexOptions): Promise<void> {
  await withReindexing(async ({ gateway, states, projects }) => {
    const project = name === undefined ? null : await projects.findByName(name);
    if (name !== undefined && project === null) throw new CliError(`There is no project ${name}.`);
    const projectId = project?.id ?? null;
    const target = to ?? (await states.read(projectId)).serving.target;
    const pace = tokensPerMinute ?? (target === 'pinecone' ? PINECONE_TOKENS_A_MINUTE : null);
    const build = await gateway.start({ projectId, target, tokensPerMinute: pace });
    if (!json) print(build === null ? 'A rebuild is under way already.' : `The index is built at ${target}.`);
    if (!wait) return json ? printJson({ started: build !== null, target }) : undefined;
    report(await followRebuild(gateway), json === true);
  });
}

function steer(how: 'pause' | 'resume' | 'cancel', json: boolean): Promise<void> {
  return withReindexing(async ({ gateway }) => {
    await gateway.steer(how);
    if (json) return printJson({ [how]: true });
    print({ pause: 'Paused.', resume: 'It goes on.', cancel: 'It is given up; the old index serves.' }[how]);
  });
}

function status(json: boolean): Promise<void> {
  return withReindexing(async ({ gateway, states, indexed }) => {
    const [run, { serving, building, retiring }] = [await gateway.latest(), await states.read(null)];
    const old = await indexed.countOld();
    if (json) return printJson({ rebuild: run, serving, building, retiring, old_transcripts: old });
    print(`${serving.target} serves${serving.model === null ? '' : `, with the model ${serving.model}`}`);
    if (run !== null) print(`rebuild: ${sentenceOf(run)}`);
    if (old > 0)
      print(`${old} transcripts were cut by 0.1.0, without speakers and ends of lines; \`ask reindex\` cuts them anew`);
  });
}

/** The end of a rebuild, as the exit code tells it too. */
function report(run: RebuildRun, json: boolean): void {
  process.exitCode = run.status === 'completed' ? EXIT.ok : EXIT.failure;
  if (json) printJson({ ...run });
  else print(sentenceOf(run));
}

function sentenceOf({ status, progress }: RebuildRun): string {
  if (progress === null) return `${status}; no worker says how far it is`;
  const { step, done, total, paused, reason } = progress;
  const state = status === 'running' ? `${paused ? 'paused, ' : ''}${step}` : status;
  return `${state}, ${done} of ${total} passages${reason === null ? '' : `. ${reason}`}`;
}

async function withReindexing(work: (reindexing: Reindexing) => Promise<void>): Promise<void> {
  // Loaded here, because the other commands do without Temporal's client and the database.
  const { openReindexing } = await import('./open-reindexing.ts');
  const reindexing = await openReindexing(loadConfig());
  try {
    await work(reindexing);
  } finally {
    await reindexing.close();
  }
}
