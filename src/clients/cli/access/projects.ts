import { Command } from 'commander';
import { z } from 'zod';
import { PROVIDERS, type Provider } from '../../../domain/shared/provider.ts';
import { timezoneName } from '../../../http/kernel/schemas/field-schemas.ts';
import type { Project, ProjectSettings } from '../../../ports/access/key-store.ts';
import type { ProviderDirectory } from '../../../ports/provider-directory.ts';
import { CliError, UsageError } from '../lib/failure.ts';
import { parseWith } from '../lib/options.ts';
import { note, print, printJson, table } from '../lib/output.ts';
import { type AccessStores, withAccessStores } from './access-stores.ts';
import type { JsonOption } from './key-actions.ts';

const MOST_DAYS = 36_500;
const DAYS_FORM = `takes 1 to ${MOST_DAYS} days, or none to keep sessions`;
const retention = z.union(
  [z.literal('none'), z.coerce.number().int(DAYS_FORM).min(1, DAYS_FORM).max(MOST_DAYS, DAYS_FORM)],
  DAYS_FORM,
);

// Commander treats a null of a parser as no value, so the words are passed on as they are.
const defaultProvider = z.enum([...PROVIDERS, 'system'], { error: `takes ${PROVIDERS.join(', ')} or system` });
const fallback = z.enum(['on', 'off', 'system'], { error: 'takes on, off or system' });
const timezone = z.union([z.literal('system'), timezoneName], {
  error: 'takes an IANA name such as Europe/Berlin, or system for UTC',
});
const TOKENS_FORM = 'takes 1000 or more tokens, or system';
const contextTokens = z.union(
  [z.literal('system'), z.coerce.number().int(TOKENS_FORM).min(1_000, TOKENS_FORM)],
  TOKENS_FORM,
);

/** `ask projects`: the settings of projects, read and written in the database. */
export function projectsCommand(): Command {
  const command = new Command('projects').description('list projects and change their settings');
  command
    .command('list')
    .description('list projects')
    .option('--json', 'print one JSON object')
    .action((options: JsonOption) => withAccessStores((stores) => listProjects(stores, options)));
  command
    .command('set')
    .description('change a project')
    .argument('<name>', 'project name')
    .option(
      '--retention-days <days>',
      'erase sessions that were idle for this many days; none keeps them',
      parseWith(retention),
    )
    .option('--default-provider <provider>', 'who answers; system: the system default', parseWith(defaultProvider))
    .option('--provider-fallback <when>', 'ask the next one if it is down: on, off, system', parseWith(fallback))
    .option('--timezone <zone>', 'in which zone "today" is read; system: UTC', parseWith(timezone))
    .option(
      '--context-tokens <tokens>',
      'how much of the recordings a prompt holds; system: CONTEXT_TOKENS',
      parseWith(contextTokens),
    )
    .option('--json', 'print one JSON object')
    .action((name: string, options: SetOptions) => withAccessStores((stores) => setProject(stores, name, options)));
  return command;
}

interface SetOptions extends JsonOption {
  retentionDays?: number | 'none';
  defaultProvider?: Provider | 'system';
  providerFallback?: 'on' | 'off' | 'system';
  timezone?: string;
  contextTokens?: number | 'system';
}

async function listProjects({ projects }: AccessStores, { json }: JsonOption): Promise<void> {
  const found = await projects.list();
  if (json) printJson({ projects: found.map(presentProject) });
  else print(table([['ID', 'NAME', 'PROVIDER', 'FALLBACK', 'RETENTION', 'TIMEZONE', 'CONTEXT'], ...found.map(rowOf)]));
}

async function setProject({ projects, providers }: AccessStores, name: string, options: SetOptions): Promise<void> {
  const { json, retentionDays, defaultProvider, providerFallback, timezone, contextTokens } = options;
  const change: Partial<ProjectSettings> = {
    ...(retentionDays !== undefined && { askRetentionDays: retentionDays === 'none' ? null : retentionDays }),
    ...(defaultProvider !== undefined && { defaultProvider: defaultProvider === 'system' ? null : defaultProvider }),
    ...(providerFallback !== undefined && {
      providerFallback: providerFallback === 'system' ? null : providerFallback === 'on',
    }),
    ...(timezone !== undefined && { timezone: timezone === 'system' ? null : timezone }),
    ...(contextTokens !== undefined && { contextTokens: contextTokens === 'system' ? null : contextTokens }),
  };
  if (Object.keys(change).length === 0) throw new UsageError('Say what to set. See: npx ask projects set --help');
  if (change.defaultProvider) await assertCanAnswer(providers, change.defaultProvider);
  const found = await projects.findByName(name);
  const changed = found && (await projects.update(found.id, change));
  if (changed === null) throw new CliError(`There is no project ${name}. See all: npx ask projects list`);
  if (json) printJson(presentProject(changed));
  else print(table([rowOf(changed)]));
}

/** Refuses a default provider that is not configured, because the project's questions would fail. */
async function assertCanAnswer(providers: ProviderDirectory, wanted: Provider): Promise<void> {
  const published = await providers.list();
  if (published.some(({ provider }) => provider === wanted)) return;
  if (published.length === 0) {
    note(`No worker runs, so whether ${wanted} is configured could not be checked.`);
    return;
  }
  const names = published.map(({ provider }) => provider).join(', ');
  throw new CliError(`${wanted} is not configured here; take one of ${names}, or system.`);
}

function rowOf(project: Project): string[] {
  const { id, name, defaultProvider, providerFallback } = project;
  const fallbackWord = providerFallback === null ? 'system' : providerFallback ? 'on' : 'off';
  const { timezone, contextTokens } = project;
  const last = [timezone ?? 'UTC', contextTokens === null ? 'system' : `${contextTokens} tokens`];
  return [id, name, defaultProvider ?? 'system', fallbackWord, retentionOf(project), ...last];
}

function retentionOf({ askRetentionDays: days }: Project): string {
  return days === null ? 'until deleted' : `${days} days`;
}

function presentProject({ id, name, createdAt, ...settings }: Project) {
  return {
    id,
    name,
    default_provider: settings.defaultProvider,
    provider_fallback: settings.providerFallback,
    ask_retention_days: settings.askRetentionDays,
    timezone: settings.timezone,
    context_tokens: settings.contextTokens,
    created_at: createdAt,
  };
}
