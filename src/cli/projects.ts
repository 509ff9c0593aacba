import { Command } from 'commander';
import { z } from 'zod';
import type { Project } from '../ports/key-store.ts';
import { type AccessStores, withAccessStores } from './access-stores.ts';
import { CliError } from './failure.ts';
import type { JsonOption } from './key-actions.ts';
import { parsedBy } from './options.ts';
import { print, printJson, table } from './output.ts';

const MOST_DAYS = 36_500;
const DAYS_FORM = `takes 1 to ${MOST_DAYS} days, or none to keep sessions`;
const retention = z.union(
  [
    z.literal('none').transform(() => null),
    z.coerce.number().int(DAYS_FORM).min(1, DAYS_FORM).max(MOST_DAYS, DAYS_FORM),
  ],
  DAYS_FORM,
);

/** `ask projects`: what holds for a whole project, straight in the database. */
export function projectsCommand(): Command {
  const command = new Command('projects').description('list projects and set what holds for them');
  command
    .command('list')
    .description('list projects')
    .option('--json', 'print one JSON object')
    .action((options: JsonOption) => withAccessStores((stores) => listProjects(stores, options)));
  command
    .command('set')
    .description('change a project')
    .argument('<name>', 'project name')
    .requiredOption(
      '--retention-days <days>',
      'erase sessions in which nothing has happened for so long; none keeps them',
      parsedBy(retention),
    )
    .option('--json', 'print one JSON object')
    .action((name: string, options: SetOptions) => withAccessStores((stores) => setProject(stores, name, options)));
  return command;
}

interface SetOptions extends JsonOption {
  retentionDays: number | null;
}

async function listProjects({ projects }: AccessStores, { json }: JsonOption): Promise<void> {
  const found = await projects.list();
  if (json) printJson({ projects: found.map(presentProject) });
  else print(table([['ID', 'NAME', 'RETENTION'], ...found.map((p) => [p.id, p.name, retentionOf(p)])]));
}

async function setProject({ projects }: AccessStores, name: string, options: SetOptions): Promise<void> {
  const found = await projects.findByName(name);
  const changed = found && (await projects.setRetention(found.id, options.retentionDays));
  if (changed === null) throw new CliError(`There is no project ${name}. \`ask projects list\` shows all.`);
  if (options.json) printJson(presentProject(changed));
  else print(`${changed.name}: sessions are kept ${retentionOf(changed)}.`);
}

function retentionOf({ askRetentionDays: days }: Project): string {
  return days === null ? 'until deleted' : `${days} days`;
}

function presentProject({ id, name, askRetentionDays, createdAt }: Project) {
  return { id, name, ask_retention_days: askRetentionDays, created_at: createdAt };
}
