import type { Connection } from 'mongoose';
import type { Audited } from '../../../ports/audit.ts';
import { findDangling } from './dangling.ts';
import { referencesOf } from './documents.ts';
import { findOrphans } from './orphans.ts';
import { findUnfinished, type IsOpen } from './unfinished.ts';

/** Every collection of the service. */
export function auditedDatabase(connection: Connection, isOpen: IsOpen): Audited {
  const references = referencesOf(connection);
  return {
    async inspect() {
      return [
        ...(await findOrphans(references)),
        ...(await findUnfinished(references, isOpen)),
        ...(await findDangling(connection, references)),
      ];
    },
    remove: ({ place, id }) => references.remove(place, id),
  };
}

/** Documents that belong to nothing: what the hourly sweep looks for, because the whole audit reads much more. */
export function orphanFinder(connection: Connection) {
  return () => findOrphans(referencesOf(connection));
}

/** What the index and Temporal are compared with. */
export function storedIds(connection: Connection) {
  const references = referencesOf(connection);
  return {
    has: async (collection: string, id: string) => (await references.get(collection, id)) !== null,
    isErased: async (id: string) => (await references.get('tombstones', id)) !== null,
    /** Ids of chunks that readers may find, by namespace: those of the transcriptions that recordings name. */
    async servedChunks(of: { projectId: string; mode: string; endUserId: string }): Promise<Set<string>> {
      const served = new Set<string>();
      for await (const recording of references.all('recordings', of)) {
        const { transcriptionId } = recording;
        if (!transcriptionId) continue;
        if ((await references.get('transcriptions', transcriptionId))?.status !== 'completed') continue;
        for await (const { _id } of references.all('chunks', { transcriptionId })) served.add(_id);
      }
      return served;
    },
  };
}

export type StoredIds = ReturnType<typeof storedIds>;
