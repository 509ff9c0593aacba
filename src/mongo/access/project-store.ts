import type { Connection } from 'mongoose';
import { z } from 'zod';
import { PROVIDERS } from '../../domain/provider.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { Project, ProjectStore } from '../../ports/key-store.ts';
import { documents } from '../documents.ts';
import { id as idOf, timestamp } from '../fields.ts';

const storedProject = z.object({
  _id: idOf('prj'),
  name: z.string(),
  defaultProvider: z.enum(PROVIDERS).nullable(),
  createdAt: timestamp,
});
type StoredProject = z.infer<typeof storedProject>;

/** Names are unique: creating a project whose name is taken gives the one that stands. */
export function projectStore(connection: Connection, { clock, ids }: { clock: Clock; ids: Ids }): ProjectStore {
  const projects = documents(
    connection,
    'projects',
    { name: String, defaultProvider: String, createdAt: String },
    storedProject,
  );

  async function findByName(name: string): Promise<Project | null> {
    const [found] = await projects.list({ name }, { limit: 1 });
    return found === undefined ? null : toProject(found);
  }

  return {
    findByName,
    async create(name) {
      const project = { _id: ids.next('prj'), name, defaultProvider: null, createdAt: clock.now().toISOString() };
      if (await projects.insert(project)) return toProject(project);
      return (await findByName(name)) ?? toProject(project);
    },
    async find(id) {
      const found = await projects.get(id);
      return found && toProject(found);
    },
  };
}

function toProject({ _id, ...rest }: StoredProject): Project {
  return { id: _id, ...rest };
}
