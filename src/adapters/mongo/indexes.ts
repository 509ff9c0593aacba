import type { Connection } from 'mongoose';
import { COLLECTIONS, type Index } from './collections/table.ts';
import { hasNoExpiry, isFerretDb } from './ferretdb.ts';

/** Creates the indexes that are missing. Call once at start. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  const isEmbedded = await isFerretDb(connection);
  for (const { name, indexes } of Object.values(COLLECTIONS)) {
    for (const index of isEmbedded ? indexes.flatMap(ofUseOnFerretDb) : indexes) await ensure(connection, name, index);
  }
}

/** FerretDB looks up what has one value in an index, but sorts and compares by itself: an index ends with the last such field. */
function ofUseOnFerretDb(index: Index): Index[] {
  if (index.unique) return [index];
  const keys = Object.entries(index.keys);
  const end = keys.findLastIndex(([field]) => LOOKED_UP.includes(field));
  return end === -1 ? [] : [{ keys: Object.fromEntries(keys.slice(0, end + 1)) }];
}

/** As `narrowing` in `stack/ferretdb/_patch/pushdown.go`. */
const LOOKED_UP = 'sessionId transcriptionId recordingId sources.recordingId recordingIds endUserId mode'.split(' ');

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
