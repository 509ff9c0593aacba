import type { Connection } from 'mongoose';
import { sessionCollections } from '../../../../../src/adapters/mongo/ask/ask-collections.ts';
import { turnFeed } from '../../../../../src/adapters/mongo/ask/turns/turn-feed.ts';
import { openTombstones } from '../../../../../src/adapters/mongo/lib/tombstones.ts';
import { FEED_LIFETIME_MS, type TurnRef } from '../../../../../src/ports/ask/turn-feed.ts';
import { anOwner, aSession, drop, freshDatabase, handClock, ids, storesOf, strangersTo } from '../fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

/** A turn of a session that stands. */
async function aTurn(of = stores): Promise<TurnRef> {
  const owner = anOwner();
  const session = aSession(owner);
  await of.sessions.create(session);
  return { owner, sessionId: session.id, turnId: ids.next('trn') };
}
const words = (text: string) => ({
  generation: 1,
  attempt: 1,
  pieces: [
    { type: 'text' as const, text },
    {
      ...{ type: 'citation' as const, text: '[1]', recordingId: ids.next('rec'), startMs: 5, endMs: 9 },
      ...{ speaker: 'Ana', quote: 'On May 12.', sourceIndex: null },
    },
  ],
  last: false,
});

test('a batch is read as it was published, and the first at a place stands', async () => {
  const turn = await aTurn();
  const first = words('The launch ');
  expect(await stores.feed.publish(turn, 0, first)).toBe(true);
  expect(await stores.feed.publish(turn, 0, words('Another '))).toBe(false);
  expect(await stores.feed.read(turn.owner, turn.turnId, 0)).toEqual(first);
  expect(await stores.feed.read(turn.owner, turn.turnId, 1)).toBeNull();
});

test('nobody else reads along', async () => {
  const turn = await aTurn();
  await stores.feed.publish(turn, 0, words('Secret'));
  for (const [, stranger] of strangersTo(turn.owner)) {
    expect(await stores.feed.read(stranger, turn.turnId, 0)).toBeNull();
  }
});

test('a turn is heard once somebody listens, however often', async () => {
  const turn = await aTurn();
  expect(await stores.feed.hasSubscriber(turn.turnId)).toBe(false);
  await stores.feed.subscribe(turn);
  await stores.feed.subscribe(turn);
  expect(await stores.feed.hasSubscriber(turn.turnId)).toBe(true);
});

test('it is removed after its lifetime, not before', async () => {
  // A database of its own: what expired goes whoever it belongs to.
  const own = await freshDatabase();
  const clock = handClock();
  const turn = await aTurn(storesOf(own));
  const connection = own.useDb(own.name, { useCache: false });
  const feed = turnFeed(sessionCollections(connection), openTombstones(connection), clock);
  await feed.subscribe(turn);
  await feed.publish(turn, 0, words('Kept for a day'));
  clock.advance(FEED_LIFETIME_MS);
  expect(await feed.removeExpired(clock.now())).toBe(0);
  clock.advance(FEED_LIFETIME_MS);
  expect(await feed.removeExpired(clock.now())).toBe(2);
  expect(await feed.read(turn.owner, turn.turnId, 0)).toBeNull();
  await drop(own);
});

test('it goes with its session', async () => {
  const owner = anOwner();
  const session = aSession(owner);
  const turn = { owner, sessionId: session.id, turnId: ids.next('trn') };
  await stores.sessions.create(session);
  await stores.feed.subscribe(turn);
  await stores.feed.publish(turn, 0, words('Erased'));
  await stores.sessions.purge(owner, session.id);
  expect(await stores.feed.read(owner, turn.turnId, 0)).toBeNull();
  expect(await stores.feed.hasSubscriber(turn.turnId)).toBe(false);
});
