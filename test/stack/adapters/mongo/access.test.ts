import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { createStores } from '../../../../src/adapters/mongo/stores.ts';
import { anOwner, drop, freshDatabase, handClock, ids, storesOf } from './fixtures.ts';

let connection: Connection;
beforeAll(async () => {
  connection = await freshDatabase();
});
afterAll(() => drop(connection));

const HOUR_MS = 3_600_000;
const options = () => ({
  projectId: ids.next('prj'),
  mode: 'test' as const,
  endUserId: null,
  scopes: null,
  createdBy: null,
});

describe('keys', () => {
  test('a key authenticates as what it was created for', async () => {
    const { keys } = storesOf(connection);
    const given = { ...options(), endUserId: ids.next('eu'), scopes: ['ask:read' as const] };
    const { key, secret } = await keys.create(given);
    expect(secret).toMatch(/^rk_test_[A-Za-z0-9_-]{43}$/);
    expect((await keys.create({ ...options(), mode: 'live' })).secret).toMatch(/^sk_live_[A-Za-z0-9_-]{43}$/);
    expect(await keys.authenticate(secret)).toEqual({
      keyId: key.id,
      tenant: { projectId: given.projectId, mode: 'test', endUserId: given.endUserId },
      scopes: ['ask:read'],
    });
  });

  test('only the hash of a secret is stored', async () => {
    const { keys } = storesOf(connection);
    const { secret } = await keys.create(options());
    const stored = JSON.stringify(await connection.collection('keys').find().toArray());
    expect(stored).not.toContain(secret.slice('sk_test_'.length + 4));
    expect(stored).toContain(createHash('sha256').update(secret).digest('hex'));
  });

  test('a revoked, an unknown and a malformed key authenticate as nobody', async () => {
    const { keys } = storesOf(connection);
    const { key, secret } = await keys.create(options());
    expect(await keys.authenticate(secret)).not.toBeNull();
    const revoked = await keys.revoke(key.id);
    expect(revoked?.revokedAt).not.toBeNull();
    expect(await keys.revoke(key.id)).toMatchObject({ id: key.id, revokedAt: revoked?.revokedAt });
    for (const wrong of [secret, `sk_test_${'A'.repeat(43)}`, 'sk_test_short', '', `${secret}x`]) {
      expect(await keys.authenticate(wrong)).toBeNull();
    }
    expect(await keys.revoke(ids.next('key'))).toBeNull();
  });

  test('uses at the same time cannot undo a revocation', async () => {
    for (let round = 0; round < 10; round++) {
      const { keys } = asAnotherProcess();
      const { key, secret } = await keys.create(options());
      await Promise.all([keys.authenticate(secret), keys.revoke(key.id), asAnotherProcess().keys.authenticate(secret)]);
      expect(await keys.authenticate(secret)).toBeNull();
    }
  });

  test('keys are listed with their last use, noted at most once a minute', async () => {
    const clock = handClock();
    const { keys } = asAnotherProcess(clock);
    const { key, secret } = await keys.create(options());
    const lastUse = async () => (await keys.list({ projectId: key.projectId }))[0]?.lastUsedAt;
    expect(await keys.list({ projectId: key.projectId })).toEqual([key]);
    await keys.authenticate(secret);
    await until(async () => (await lastUse()) === '2026-01-01T00:00:00.000Z');
    clock.advance(59_000);
    await keys.authenticate(secret);
    clock.advance(1_000);
    await keys.authenticate(secret);
    await until(async () => (await lastUse()) === '2026-01-01T00:01:00.000Z');
  });

  test('a project is created once for its name', async () => {
    const { projects } = storesOf(connection);
    const made = await Promise.all(Array.from({ length: 4 }, () => projects.create('demo')));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await projects.findByName('demo')).toEqual(made[0]);
    expect(await projects.find(made[0]?.id ?? ids.next('prj'))).toEqual(made[0]);
    expect(await projects.findByName('other')).toBeNull();
  });
});

describe('idempotency keys', () => {
  test('claims at the same time agree on one seed, and one of them is the first', async () => {
    const { idempotency } = storesOf(connection);
    const tenant = anOwner();
    const claims = await Promise.all(Array.from({ length: 10 }, () => idempotency.claim(tenant, 'k', 'f')));
    expect(new Set(claims.map(({ seed }) => seed)).size).toBe(1);
    expect(claims[0]?.seed).toMatch(/^[0-9a-f]{32}$/);
    expect(claims.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  test('a completed request is known as such', async () => {
    const { idempotency } = storesOf(connection);
    const tenant = anOwner();
    const { seed } = await idempotency.claim(tenant, 'k', 'f');
    expect(await idempotency.claim(tenant, 'k', 'f')).toEqual({ seed, completed: false, replayed: true });
    await idempotency.complete(tenant, 'k');
    expect(await idempotency.claim(tenant, 'k', 'f')).toEqual({ seed, completed: true, replayed: true });
  });

  test('another request with the key is refused; another tenant has keys of its own', async () => {
    const { idempotency } = storesOf(connection);
    const tenant = anOwner();
    const { seed } = await idempotency.claim(tenant, 'k', 'f');
    await expect(idempotency.claim(tenant, 'k', 'g')).rejects.toMatchObject({ kind: 'idempotency_key_reused' });
    for (const change of [{ projectId: ids.next('prj') }, { mode: 'live' as const }, { endUserId: ids.next('eu') }]) {
      expect((await idempotency.claim({ ...tenant, ...change }, 'k', 'g')).seed).not.toBe(seed);
    }
  });

  test.each([0, 12])('a claim lasts 24 hours, begun at hour %i of the day', async (hour) => {
    const clock = handClock();
    clock.advance(hour * HOUR_MS);
    const { idempotency } = createStores(newModels(), { clock });
    const tenant = anOwner();
    const { seed } = await idempotency.claim(tenant, 'k', 'f');
    clock.advance(24 * HOUR_MS - 1);
    expect((await idempotency.claim(tenant, 'k', 'f')).seed).toBe(seed);
    expect(await idempotency.removeExpired(clock.now())).toBe(0);
    clock.advance(1);
    const later = await idempotency.claim(tenant, 'k', 'g');
    expect(later).toMatchObject({ completed: false, replayed: false });
    expect(later.seed).not.toBe(seed);
    expect(await idempotency.removeExpired(clock.now())).toBe(1);
    expect(await idempotency.claim(tenant, 'k', 'g')).toMatchObject({ seed: later.seed, replayed: true });
  });
});

/** As another process would have it: models and memory of its own. */
function newModels(): Connection {
  return connection.useDb(connection.name, { useCache: false });
}

function asAnotherProcess(clock?: ReturnType<typeof handClock>) {
  const own = newModels();
  return clock === undefined ? storesOf(own) : createStores(own, { clock });
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 10));
}
