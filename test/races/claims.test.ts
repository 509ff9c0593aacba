import { anOwner, handClock } from '../stack/adapters/mongo/fixtures.ts';
import { type Race, type Side, startRace } from './sides.ts';

let race: Race;
let one: Side;
let other: Side;
const before = handClock('2026-01-01T23:59:59.999Z');
const after = handClock('2026-01-02T00:00:00.001Z');
beforeAll(async () => {
  race = await startRace();
  [one, other] = [await race.side(before), await race.side(after)];
});
afterAll(() => race?.close());

test('requests before and after the border of a minute are counted in one window', async () => {
  const tenant = anOwner();
  const hold = one.hold({ command: 'insert', collection: 'rate_slots', about: tenant.projectId });
  const early = one.stores.rateLimiter.consume(tenant, 1);
  await hold.reached;
  const late = await other.stores.rateLimiter.consume(tenant, 1);
  hold.release();
  expect([(await early).allowed, late.allowed].filter(Boolean)).toHaveLength(1);
});

test('a window that was opened before the border of a minute is the one after it', async () => {
  const tenant = anOwner();
  const hold = other.hold({ command: 'insert', collection: 'rate_slots', about: tenant.projectId });
  const late = other.stores.rateLimiter.consume(tenant, 1);
  await hold.reached;
  const early = await one.stores.rateLimiter.consume(tenant, 1);
  hold.release();
  expect([early.allowed, (await late).allowed].filter(Boolean)).toHaveLength(1);
});

test('a key holds across midnight: a request before it and one after it agree on one claim', async () => {
  const tenant = anOwner();
  const hold = one.hold({ command: 'insert', collection: 'idempotency' });
  const first = one.stores.idempotency.claim(tenant, 'k', 'f');
  await hold.reached;
  const second = await other.stores.idempotency.claim(tenant, 'k', 'f');
  hold.release();
  expect((await first).seed).toBe(second.seed);
  await expect(other.stores.idempotency.claim(tenant, 'k', 'g')).rejects.toMatchObject({
    kind: 'idempotency_key_reused',
  });
});

test('an expired claim is succeeded once, whoever comes first', async () => {
  const tenant = anOwner();
  const days = handClock('2026-01-01T00:00:00.000Z');
  const [early, late] = [await race.side(days), await race.side(days)];
  const expired = await early.stores.idempotency.claim(tenant, 'k', 'f');
  days.advance(25 * 3_600_000);
  const hold = early.hold({ command: 'insert', collection: 'idempotency' });
  const first = early.stores.idempotency.claim(tenant, 'k', 'f');
  await hold.reached;
  const second = await late.stores.idempotency.claim(tenant, 'k', 'f');
  hold.release();
  expect((await first).seed).toBe(second.seed);
  expect(second.seed).not.toBe(expired.seed);
});

test('an expired claim that is removed while it is succeeded does not leave two open', async () => {
  const tenant = anOwner();
  const days = handClock('2026-01-01T00:00:00.000Z');
  const [early, late] = [await race.side(days), await race.side(days)];
  const { id } = await early.stores.idempotency.claim(tenant, 'k', 'f');
  days.advance(25 * 3_600_000);
  const hold = early.hold({ command: 'insert', collection: 'idempotency' });
  const first = early.stores.idempotency.claim(tenant, 'k', 'f');
  await hold.reached;
  await race.connection.collection<{ _id: string }>('idempotency').deleteOne({ _id: id });
  const second = await late.stores.idempotency.claim(tenant, 'k', 'f');
  hold.release();
  expect((await first).seed).toBe(second.seed);
});

test('a request that ends after its claim has expired completes its own claim, not its successor', async () => {
  const tenant = anOwner();
  const days = handClock('2026-01-01T00:00:00.000Z');
  const { stores } = await race.side(days);
  const old = await stores.idempotency.claim(tenant, 'k', 'f');
  days.advance(25 * 3_600_000);
  await stores.idempotency.claim(tenant, 'k', 'f');
  await stores.idempotency.complete(old.id);
  expect((await stores.idempotency.claim(tenant, 'k', 'f')).completed).toBe(false);
});
