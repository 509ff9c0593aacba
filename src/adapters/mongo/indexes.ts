import { type Connection, mongo } from 'mongoose';

interface Index {
  collection: string;
  keys: Record<string, 1 | -1>;
  unique?: true;
  /** Documents go when this date field has passed. */
  expires?: true;
}

const byTenant = { projectId: 1, mode: 1 } as const;
const byEndUser = { ...byTenant, endUserId: 1 } as const;
const latestActivity = { updatedAt: -1, _id: -1 } as const;
const newest = { createdAt: -1, _id: -1 } as const;

/** Every index that a query other than by `_id` needs. */
export const INDEXES: readonly Index[] = [
  { collection: 'sessions', keys: { ...byTenant, ...latestActivity } },
  { collection: 'sessions', keys: { ...byEndUser, ...latestActivity } },
  { collection: 'sessions', keys: { ...byTenant, recordingIds: 1, ...latestActivity } },
  // Unique: no two messages ever stand at one place.
  { collection: 'messages', keys: { sessionId: 1, position: 1 }, unique: true },
  { collection: 'messages', keys: { ...byTenant, 'sources.recordingId': 1 } },
  { collection: 'turns', keys: { sessionId: 1 } },
  { collection: 'recordings', keys: { ...byTenant, ...newest } },
  { collection: 'recordings', keys: { ...byEndUser, ...newest } },
  { collection: 'transcriptions', keys: { recordingId: 1 } },
  { collection: 'segment_pages', keys: { transcriptionId: 1 } },
  { collection: 'chunks', keys: { transcriptionId: 1 } },
  { collection: 'end_users', keys: { ...byTenant, _id: -1 } },
  { collection: 'end_users', keys: { ...byTenant, externalId: 1, _id: -1 } },
  { collection: 'projects', keys: { name: 1 }, unique: true },
  { collection: 'keys', keys: { id: 1 }, unique: true },
  { collection: 'keys', keys: { projectId: 1, ...newest } },
  { collection: 'tombstones', keys: { ...byTenant, endUserId: 1, kind: 1 } },
  { collection: 'tombstones', keys: { ...byTenant, recordingIds: 1, kind: 1 } },
  { collection: 'idempotency', keys: { expireAt: 1 }, expires: true },
  { collection: 'feed_batches', keys: { sessionId: 1 } },
  { collection: 'feed_batches', keys: { expireAt: 1 }, expires: true },
  { collection: 'feed_listeners', keys: { sessionId: 1 } },
  { collection: 'feed_listeners', keys: { expireAt: 1 }, expires: true },
  { collection: 'workers', keys: { expireAt: 1 }, expires: true },
  { collection: 'rate_slots', keys: { window: 1, slot: -1 } },
  { collection: 'rate_slots', keys: { expireAt: 1 }, expires: true },
];

/** Creates the indexes that are missing. Call once at start. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  const serves = await servesByIndex(connection);
  for (const index of INDEXES) if (serves || index.unique) await ensure(connection, index);
}

/**
 * FerretDB 1 asks an index for `_id` alone and looks through the collection for everything else. There an index serves no
 * read and costs every write: the three of a session half of what its update takes.
 */
async function servesByIndex(connection: Connection): Promise<boolean> {
  const info = await connection.db?.command({ buildInfo: 1 });
  return info?.ferretdbVersion === undefined;
}

async function ensure(connection: Connection, { collection, keys, unique, expires }: Index): Promise<void> {
  const target = connection.collection(collection);
  try {
    await target.createIndex(keys, { ...(unique && { unique }), ...(expires && { expireAfterSeconds: 0 }) });
  } catch (error) {
    if (!expires || !isNotImplemented(error)) throw error;
    // A server without expiry: `removeExpired` does that work.
    await target.createIndex(keys);
  }
}

function isNotImplemented(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.codeName === 'NotImplemented';
}
