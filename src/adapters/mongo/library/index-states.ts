import type { Connection } from 'mongoose';
import type { IndexState, ServingIndex } from '../../../domain/library/search-index.ts';
import type { ProjectId } from '../../../domain/shared/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { IndexStates } from '../../../ports/library/search-indexes.ts';
import { id as idOf } from '../collections/stored-fields.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';
import { throwWhenAway } from '../lib/mongo-errors.ts';

/** The document of every project that has none of its own. */
const OF_ALL = 'all';
const RECENT_MS = 1_000;
const projectIds = idOf('prj');

/** @param initial what serves where no document says so */
export function openIndexStates(connection: Connection, clock: Clock, initial: ServingIndex): IndexStates {
  const documents = openCollection(connection, COLLECTIONS.indexStates);
  const known = new Map<string, { at: number; state: IndexState }>();

  async function read(projectId: ProjectId | null): Promise<IndexState> {
    const own = projectId === null ? null : await documents.get(projectId);
    return own ?? (await documents.get(OF_ALL)) ?? { serving: initial, building: null, retiring: [] };
  }

  /** Repeats until nobody has written in between: the step of a rebuild that was frozen must not undo a later one. */
  async function write(id: string, change: (state: IndexState) => IndexState): Promise<IndexState> {
    known.delete(id);
    for (;;) {
      const found = await documents.get(id);
      const { serving, building, retiring } = change(found ?? (await read(null)));
      const after = { serving, building, retiring };
      const changes = found?.changes ?? 0;
      const written =
        found === null
          ? await documents.insert({ _id: id, ...after, changes })
          : (await documents.updateAll({ _id: id, changes }, { $set: { ...after, changes: changes + 1 } })) > 0;
      if (written) return after;
    }
  }

  return throwWhenAway({
    read,
    async recent(projectId) {
      const key = projectId ?? OF_ALL;
      const last = known.get(key);
      const now = clock.now().getTime();
      if (last !== undefined && now - last.at < RECENT_MS) return last.state;
      try {
        const state = await read(projectId);
        known.set(key, { at: now, state });
        return state;
      } catch (error) {
        // The index is asked all the same while the database is away, which says so itself where it is needed.
        if (last === undefined) throw error;
        return last.state;
      }
    },
    async begin(serving) {
      await documents.insert({ _id: OF_ALL, serving, building: null, retiring: [], changes: 0 });
    },
    async list() {
      const found = await documents.list({}, {});
      return found.map(({ _id, ...state }) => ({ projectId: _id === OF_ALL ? null : projectIds.parse(_id), state }));
    },
    async change(projectId, change) {
      if (projectId !== null) return [await write(projectId, change)];
      const states: IndexState[] = [];
      for (const id of new Set([OF_ALL, ...(await documents.ids({}))])) states.push(await write(id, change));
      return states;
    },
  });
}
