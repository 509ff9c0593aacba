import type { Connection } from 'mongoose';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';

export type LibraryCollections = ReturnType<typeof libraryCollections>;

export function libraryCollections(connection: Connection) {
  return {
    endUsers: openCollection(connection, COLLECTIONS.endUsers),
    recordings: openCollection(connection, COLLECTIONS.recordings),
    dateChanges: openCollection(connection, COLLECTIONS.dateChanges),
    transcriptions: openCollection(connection, COLLECTIONS.transcriptions),
    importFacts: openCollection(connection, COLLECTIONS.importFacts),
    segmentPages: openCollection(connection, COLLECTIONS.segmentPages),
    chunks: openCollection(connection, COLLECTIONS.chunks),
  };
}
