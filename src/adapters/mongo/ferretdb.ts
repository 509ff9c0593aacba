import { type Connection, mongo } from 'mongoose';

/**
 * FerretDB 1.24 on SQLite speaks MongoDB's protocol where no `mongod` can be had. Code must work on both, so it keeps to
 * what both do. What differs on FerretDB, and what the service does about it:
 *
 * - Only an insert is atomic. An update reads, changes and writes the whole document, so `$inc`, a compare-and-set or a
 *   mark can be lost to a concurrent update. Who must be first inserts a document (`claim-window.ts`, `rate-limiter.ts`,
 *   `named-documents.ts`); what is hidden is removed and leaves a tombstone (`tombstones.ts`); what others write stands in
 *   a document of its own (`key-uses.ts`).
 * - By itself it answers only `{_id: value}` from an index, and every other query reads the whole collection. Our build of it
 *   is patched (`src/local/stack/programs/ferretdb-patch.ts`): several documents are found by their ids in an index, and so
 *   is what belongs to a session, a recording, a transcription, an end user or a project (`indexes.ts`), so that an erasure
 *   reads only what it removes, and a list only what its project has stored. Sorts and ranges still read all that is left. A
 *   turn reads by `_id` alone.
 * - There is no TTL index. The activity `removeExpired` and the rate limiter remove what has expired.
 * - `$pull` compares whole elements (`session-erasure.ts`).
 * - An array may not stand inside an array, so clients' metadata is kept as JSON text (`library-documents.ts`).
 * - An update costs by the number of fields of the document, so past turns are kept as texts (`stored-conversation.ts`).
 * - The URI has no `journal=true`; durability is the argument `-synchronous`. How the server is started stands in
 *   `src/local/stack/servers/mongodb.ts`.
 */
export async function isFerretDb(connection: Connection): Promise<boolean> {
  const info = await connection.db?.command({ buildInfo: 1 });
  return info?.ferretdbVersion !== undefined;
}

/** Whether an index was refused because the server does not expire documents. */
export function hasNoExpiry(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.codeName === 'NotImplemented';
}
