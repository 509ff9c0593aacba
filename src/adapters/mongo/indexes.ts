import type { Connection } from 'mongoose';
import { COLLECTIONS, type Index } from './collections/table.ts';
import { hasNoExpiry, isFerretDb } from './ferretdb.ts';

/** Creates the indexes that are missing. Call once at start. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  // On FerretDB an index serves no read, so only the unique ones are of use there.
  const onlyUnique = await isFerretDb(connection);
  for (const { name, indexes } of Object.values(COLLECTIONS)) {
    for (const index of indexes) if (index.unique || !onlyUnique) await ensure(connection, name, index);
  }
}

async function ensure(connection: Connection, collection: string, { keys, unique, expires }: Index): Promise<void> {
  const target = connection.collection(collection);
  try {
    await target.createIndex(keys, { ...(unique && { unique }), ...(expires && { expireAfterSeconds: 0 }) });
  } catch (error) {
    if (!expires || !hasNoExpiry(error)) throw error;
    // `removeExpired` does that work.
    await target.createIndex(keys);
  }
}
