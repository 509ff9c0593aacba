import { LRUCache } from 'lru-cache';
import type { Connection } from 'mongoose';
import type { ProjectId } from '../../../domain/shared/ids.ts';
import type { Project, ProjectSettings, ProjectStore } from '../../../ports/access/key-store.ts';
import type { Clock, Ids } from '../../../ports/clock.ts';
import type { StoredProject } from '../collections/access-documents.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';

/** Every turn asks for its project's settings: a change of them holds everywhere after this long. */
const SETTINGS_AGE_MS = 1_000;

const AS_THE_SYSTEM: ProjectSettings = {
  defaultProvider: null,
  providerFallback: null,
  askRetentionDays: null,
  timezone: null,
  contextTokens: null,
};

/** Names are unique: creating a project whose name is taken gives the one that stands. */
export function projectStore(connection: Connection, { clock, ids }: { clock: Clock; ids: Ids }): ProjectStore {
  const projects = openCollection(connection, COLLECTIONS.projects);

  async function findByName(name: string): Promise<Project | null> {
    const [found] = await projects.list({ name }, { limit: 1 });
    return found === undefined ? null : toProject(found);
  }

  const recent = new LRUCache<ProjectId, Project>({ max: 1_000, ttl: SETTINGS_AGE_MS });

  async function find(id: ProjectId): Promise<Project | null> {
    const known = recent.get(id);
    if (known !== undefined) return known;
    const found = await projects.get(id);
    const project = found && toProject(found);
    if (project !== null) recent.set(id, project);
    return project;
  }

  return {
    find,
    findByName,
    async create(name) {
      const createdAt = clock.now().toISOString();
      const project = { _id: ids.next('prj'), name, ...AS_THE_SYSTEM, createdAt };
      if (await projects.insert(project)) return toProject(project);
      return (await findByName(name)) ?? toProject(project);
    },
    async list() {
      return (await projects.list({}, { sort: { _id: 1 } })).map(toProject);
    },
    async update(id, change) {
      await projects.update(id, { $set: { ...change } });
      recent.delete(id);
      return find(id);
    },
  };
}

function toProject({ _id, ...rest }: StoredProject): Project {
  return { id: _id, ...rest };
}
