import type { Connection } from 'mongoose';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';

export type LibraryCollections = ReturnType<typeof libraryCollections>;

export function libraryCollections(connection: Connection) {
  return {
    endUsers: openCollection(connection, COLLECTIONS.endUsers),
    recordings: openCollection(connection, COLLECTIONS.recordings),
    transcriptions: openCollection(connection, COLLECTIONS.transcriptions),
    segmentPages: openCollection(connection, COLLECTIONS.segmentPages),
    chunks: openCollection(connection, COLLECTIONS.chunks),
  };
}
