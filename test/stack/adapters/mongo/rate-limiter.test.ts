import type { Connection, mongo } from 'mongoose';
import { createStores } from '../../../../src/adapters/mongo/stores.ts';
import { eventually } from '../../../support/eventually.ts';
import { anOwner, drop, handClock, watchedDatabase } from './fixtures.ts';

let connection: Connection;
beforeAll(async () => {
  connection = await watchedDatabase();
});
afterAll(() => drop(connection));

/** The limiters of several API processes on one database. */
function processes(count: number, clock = handClock()) {
  return Array.from({ length: count }, () => {
    const own = connection.useDb(connection.name, { useCache: false });
    return createStores(own, { clock }).rateLimiter;
  });
}

async function burst(limiters: ReturnType<typeof processes>, requests: number, limit: number) {
  const tenant = anOwner();
  const results = await Promise.all(
    Array.from({ length: requests }, (_, i) => limiters[i % limiters.length]?.consume(tenant, limit)),
  );
  return results.filter((result) => result?.allowed).length;
}

test('a burst over several processes gets exactly the limit', async () => {
  expect(await burst(processes(1), 40, 30)).toBe(30);
  expect(await burst(processes(3), 40, 30)).toBe(30);
});

test('says what remains and when the minute is over', async () => {
  const clock = handClock('2026-01-01T00:00:20.000Z');
  const [limiter] = processes(1, clock);
  const tenant = anOwner();
  const resetAt = new Date('2026-01-01T00:01:20.000Z');
  expect(await limiter?.consume(tenant, 2)).toEqual({
    allowed: true,
    limit: 2,
    remaining: 1,
    resetAt,
    retryAfterMs: 0,
  });
  clock.advance(50_000);
  expect(await limiter?.consume(tenant, 2)).toEqual({
    allowed: true,
    limit: 2,
    remaining: 0,
    resetAt,
    retryAfterMs: 0,
  });
  expect(await limiter?.consume(tenant, 2)).toEqual({
    allowed: false,
    limit: 2,
    remaining: 0,
    resetAt,
    retryAfterMs: 10_000,
  });
});

test('after a minute the count starts anew, in every process', async () => {
  const clock = handClock('2026-01-01T00:00:20.000Z');
  const limiters = processes(2, clock);
  const tenant = anOwner();
  const consume = async () => {
    const results = [];
    for (const limiter of limiters) results.push((await limiter.consume(tenant, 1)).allowed);
    return results;
  };
  expect(await consume()).toEqual([true, false]);
  clock.advance(59_999);
  expect(await consume()).toEqual([false, false]);
  clock.advance(1);
  expect(await consume()).toEqual([true, false]);
});

test('projects, modes and nothing else have counts of their own', async () => {
  const [limiter] = processes(1);
  const tenant = anOwner();
  const allowed = async (change: object) => (await limiter?.consume({ ...tenant, ...change }, 1))?.allowed;
  expect(await allowed({})).toBe(true);
  expect(await allowed({ endUserId: null })).toBe(false);
  expect(await allowed({ mode: 'live' })).toBe(true);
  expect(await allowed({ projectId: anOwner().projectId })).toBe(true);
});

test('a process that comes late finds its place behind many requests of others', async () => {
  const [early, late] = processes(2);
  const tenant = anOwner();
  for (let i = 0; i < 30; i++) await early?.consume(tenant, 100);
  expect((await late?.consume(tenant, 100))?.remaining).toBe(69);
});

test('a burst that comes late looks only once where the others are, however many requests it has', async () => {
  const [early, late] = processes(2);
  const tenant = anOwner();
  await Promise.all(Array.from({ length: 20 }, () => early?.consume(tenant, 2_000)));
  await late?.consume(tenant, 2_000);
  await Promise.all(Array.from({ length: 600 }, () => early?.consume(tenant, 2_000)));
  const results: ({ allowed: boolean } | undefined)[] = [];
  const looks = await commandsOf('find', async () => {
    results.push(...(await Promise.all(Array.from({ length: 50 }, () => late?.consume(tenant, 2_000)))));
  });
  expect(results.every((result) => result?.allowed)).toBe(true);
  expect(looks.filter(({ sort }) => sort)).toHaveLength(1);
});

test('what is past is removed once a minute by a process, however many projects there are', async () => {
  const clock = handClock();
  const [limiter] = processes(1, clock);
  const open = (windows: number) =>
    commandsOf('delete', async () => {
      for (let i = 0; i < windows; i++) await limiter?.consume(anOwner(), 1);
    });
  expect(await open(5)).toHaveLength(1);
  clock.advance(180_000);
  expect(await open(5)).toHaveLength(1);
  const past = { expireAt: { $lte: clock.now() } };
  await eventually(async () => (await connection.collection('rate_slots').countDocuments(past)) === 0);
});

/** The commands of this name that go to the slots meanwhile. */
async function commandsOf(name: string, run: () => Promise<void>): Promise<mongo.Document[]> {
  const seen: mongo.Document[] = [];
  const note = ({ commandName, command }: mongo.CommandStartedEvent) => {
    if (commandName === name && command[name] === 'rate_slots') seen.push(command);
  };
  connection.getClient().on('commandStarted', note);
  await run();
  connection.getClient().off('commandStarted', note);
  return seen;
}
