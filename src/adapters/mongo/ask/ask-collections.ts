import type { Connection } from 'mongoose';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';

export type SessionCollections = ReturnType<typeof sessionCollections>;

export function sessionCollections(connection: Connection) {
  return {
    sessions: openCollection(connection, COLLECTIONS.sessions),
    messages: openCollection(connection, COLLECTIONS.messages),
    turns: openCollection(connection, COLLECTIONS.turns),
    traces: openCollection(connection, COLLECTIONS.traces),
    conversations: openCollection(connection, COLLECTIONS.conversations),
    batches: openCollection(connection, COLLECTIONS.feedBatches),
    subscribers: openCollection(connection, COLLECTIONS.feedSubscribers),
  };
}
