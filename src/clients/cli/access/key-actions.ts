import type { Mode, Scope } from '../../../domain/access/tenant.ts';
import type { EndUserId, KeyId } from '../../../domain/shared/ids.ts';
import type { ApiKey, Project } from '../../../ports/access/key-store.ts';
import { CliError } from '../lib/failure.ts';
import { note, print, printJson, table } from '../lib/output.ts';
import type { AccessStores } from './access-stores.ts';
import { presentKey, presentNewKey, rowsOf } from './key-output.ts';

export interface JsonOption {
  json?: true;
}

export interface CreateOptions extends JsonOption {
  project: string;
  mode: Mode;
  endUser?: EndUserId;
  scopes?: Scope[];
}

export async function createKey({ keys, projects }: AccessStores, options: CreateOptions): Promise<void> {
  const found = await projects.findByName(options.project);
  const project = found ?? (await projects.create(options.project));
  if (found === null) note(`Created the project ${project.name} (${project.id}).`);
  const rights = { mode: options.mode, endUserId: options.endUser ?? null, scopes: options.scopes ?? null };
  const made = await keys.create({ projectId: project.id, ...rights, createdBy: 'ask keys create' });
  showNew(made, project, options);
}

export async function listKeys(stores: AccessStores, options: JsonOption & { project?: string }): Promise<void> {
  const project = options.project === undefined ? null : await findProjectByName(stores, options.project);
  const found = await stores.keys.list(project === null ? {} : { projectId: project.id });
  const keys: { key: ApiKey; project: Project }[] = [];
  for (const key of found) keys.push({ key, project: project ?? (await projectOf(stores, key)) });
  if (options.json) printJson({ keys: keys.map(({ key, project }) => presentKey(key, project)) });
  else print(table(rowsOf(keys)));
}

export async function revokeKey(stores: AccessStores, id: KeyId, { json }: JsonOption): Promise<void> {
  const key = await stores.keys.revoke(id);
  if (key === null) throw unknownKey(id);
  if (json) printJson(presentKey(key, await projectOf(stores, key)));
  else print(`${key.id} was revoked at ${key.revokedAt}.`);
}

export async function rotateKey(stores: AccessStores, id: KeyId, options: JsonOption): Promise<void> {
  const old = (await stores.keys.list({})).find((key) => key.id === id);
  if (old === undefined) throw unknownKey(id);
  if (old.revokedAt !== null)
    throw new CliError(`${id} is revoked. Create a new key: npx ask keys create --project NAME --mode ${old.mode}`);
  const { projectId, mode, endUserId, scopes } = old;
  const made = await stores.keys.create({ projectId, mode, endUserId, scopes, createdBy: `rotation of ${id}` });
  showNew(made, await projectOf(stores, old), options);
  note(`The old key works until you run: npx ask keys revoke ${id}`);
}

function showNew({ key, secret }: { key: ApiKey; secret: string }, project: Project, { json }: JsonOption): void {
  if (json) {
    printJson(presentNewKey(key, project, secret));
    return;
  }
  note(`${key.id}, for the ${key.mode} data of ${project.name}. Keep the key: only its hash is stored.`);
  print(secret);
}

async function findProjectByName({ projects }: AccessStores, name: string): Promise<Project> {
  const project = await projects.findByName(name);
  if (project === null) throw new CliError(`There is no project ${name}. See all: npx ask projects list`);
  return project;
}

async function projectOf({ projects }: AccessStores, { id, projectId }: ApiKey): Promise<Project> {
  const project = await projects.find(projectId);
  if (project === null)
    throw new CliError(`The project ${projectId} of ${id} is gone. Revoke the key: npx ask keys revoke ${id}`);
  return project;
}

function unknownKey(id: KeyId): CliError {
  return new CliError(`There is no key ${id}. See all: npx ask keys list`);
}
