import type { Connection } from 'mongoose';
import { connectMongo, createStores, ensureIndexes, type Stores } from '../../src/adapters/mongo/index.ts';
import type { Owned } from '../../src/domain/access/tenant.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { systemClock } from '../../src/runtime/clock-and-ids.ts';
import { databaseUri, ids } from '../stack/adapters/mongo/fixtures.ts';
import { type HoldingMongo, holdingMongo } from '../support/holding-mongo.ts';

/** One process of a race: its own connection, memory and stores, behind a proxy that can hold its calls. */
export interface Side extends Pick<HoldingMongo, 'hold'> {
  stores: Stores;
}

export interface Race {
  uri: string;
  /** Looks at the database past all proxies. */
  connection: Connection;
  stores: Stores;
  side(clock?: Clock): Promise<Side>;
  close(): Promise<void>;
}

/** A database for races between processes. */
export async function startRace(): Promise<Race> {
  const uri = databaseUri();
  const connection = await connectMongo(uri, { appName: 'race' });
  await ensureIndexes(connection);
  const closing: (() => Promise<unknown>)[] = [];
  return {
    uri,
    connection,
    stores: createStores(connection, { clock: systemClock }),
    async side(clock = systemClock) {
      const proxy = await holdingMongo(uri);
      const own = await connectMongo(proxy.uri, { appName: 'race-side' });
      closing.push(
        () => own.close(),
        () => proxy.close(),
      );
      return { stores: createStores(own, { clock }), hold: proxy.hold };
    },
    async close() {
      for (const close of closing) await close();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** An end user that is stored. */
export async function anEndUser({ stores }: Pick<Race, 'stores'>, of: Partial<Owned> = {}): Promise<Owned> {
  const id = ids.next('eu');
  const owner = { projectId: ids.next('prj'), mode: 'test' as const, endUserId: id, ...of };
  await stores.endUsers.create({
    ...{ id, projectId: owner.projectId, mode: owner.mode, externalId: null, name: null, metadata: {} },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  return owner;
}

const COLLECTIONS = [
  ...['recordings', 'date_changes', 'transcriptions', 'imports', 'segment_pages', 'chunks', 'keys'],
  ...['sessions', 'messages', 'turns', 'conversations', 'feed_batches', 'feed_listeners'],
];

/** How many documents each collection holds of an owner; only those that hold some. */
export async function leftOf({ connection }: Race, { endUserId }: Owned): Promise<Record<string, number>> {
  const counts = await Promise.all(
    COLLECTIONS.map(async (name) => [name, await connection.collection(name).countDocuments({ endUserId })] as const),
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
