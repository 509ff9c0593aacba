import type { Connection } from 'mongoose';
import type { Owned } from '../../../../../src/domain/access/tenant.ts';
import { anOwner, aRecording, drop, freshDatabase, ids, storesOf, strangersTo } from '../fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

const named = (owner: Owned, externalId: string, name = 'Standup') => ({ ...aRecording(owner, { name }), externalId });
const anEndUser = (owner: Owned, externalId: string, createdAt = '2026-01-01T00:00:00.000Z') => {
  const { projectId, mode } = owner;
  return { id: ids.next('eu'), projectId, mode, externalId, name: null, metadata: {}, createdAt };
};
const countOf = async (owner: Owned) => (await stores.recordings.list(owner, {}, { limit: 100 })).items.length;

describe('of recordings', () => {
  test('of many creations at once one is first, and the others find it', async () => {
    for (let round = 0; round < 10; round++) {
      const owner = anOwner();
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, i) => stores.recordings.createNamed(named(owner, 'file-1', `${i}`))),
      );
      expect(results.filter(({ isOwn }) => isOwn)).toHaveLength(1);
      expect(new Set(results.map(({ item }) => JSON.stringify(item))).size).toBe(1);
      expect(await countOf(owner)).toBe(1);
    }
  });

  test('the same request again finds its own', async () => {
    const recording = named(anOwner(), 'file-1');
    const first = await stores.recordings.createNamed(recording);
    expect(await stores.recordings.createNamed({ ...recording, name: 'changed' })).toEqual(first);
    expect(first).toMatchObject({ isOwn: true, item: { externalId: 'file-1', name: 'Standup' } });
    expect(await stores.recordings.findNamed(recording)).toEqual(first);
  });

  test('each end user, project and mode has ids of its own', async () => {
    const owner = anOwner();
    await stores.recordings.createNamed(named(owner, 'file-1'));
    for (const [, other] of strangersTo(owner)) {
      const { isOwn } = await stores.recordings.createNamed(
        named({ ...owner, ...other, endUserId: other.endUserId ?? owner.endUserId }, 'file-1'),
      );
      expect(isOwn).toBe(true);
    }
    expect(await countOf(owner)).toBe(1);
  });

  test('a deleted one sets it free at once, as often as that happens, and never comes back', async () => {
    const owner = anOwner();
    const seen = new Set<string>();
    for (let generation = 0; generation < 5; generation++) {
      const { item, isOwn } = await stores.recordings.createNamed(named(owner, 'file-1'));
      expect(isOwn).toBe(true);
      seen.add(item.id);
      await stores.recordings.hide(owner, item.id);
      if (generation % 2 === 0) await stores.recordings.purge(owner, item.id);
      expect(await stores.recordings.findNamed(named(owner, 'file-1'))).toBeNull();
    }
    expect(seen.size).toBe(5);
    expect(await countOf(owner)).toBe(0);
  });

  test('creations and deletions at once leave at most one', async () => {
    const owner = anOwner();
    for (let round = 0; round < 10; round++) {
      const { item } = await stores.recordings.createNamed(named(owner, 'file-1'));
      const create = () => stores.recordings.createNamed(named(owner, 'file-1'));
      await Promise.all([create(), stores.recordings.hide(owner, item.id), create(), create()]);
      await create();
      expect(await countOf(owner)).toBe(1);
      expect(await stores.recordings.find(owner, item.id)).toBeNull();
    }
  });

  test('a deleted end user gets no recording', async () => {
    const endUser = await stores.endUsers.create(anEndUser(anOwner(), 'x'));
    const owner = { ...endUser, endUserId: endUser.id };
    await stores.endUsers.hide(owner, endUser.id);
    await expect(stores.recordings.createNamed(named(owner, 'file-1'))).rejects.toMatchObject({ kind: 'not_found' });
    expect(await countOf(owner)).toBe(0);
  });
});

describe('of end users', () => {
  test('of many creations at once one is first', async () => {
    const owner = anOwner();
    const results = await Promise.all(
      Array.from({ length: 8 }, () => stores.endUsers.createNamed(anEndUser(owner, 'crm-1'))),
    );
    expect(results.filter(({ isOwn }) => isOwn)).toHaveLength(1);
    expect(new Set(results.map(({ item }) => item.id)).size).toBe(1);
  });

  test('of duplicates from before, the oldest is found, then the next', async () => {
    const owner = anOwner();
    const tenant = { ...owner, endUserId: null };
    const younger = await stores.endUsers.create(anEndUser(owner, 'crm-1', '2026-01-02T00:00:00.000Z'));
    const older = await stores.endUsers.create(anEndUser(owner, 'crm-1'));
    const holder = async () => (await stores.endUsers.createNamed(anEndUser(owner, 'crm-1'))).item.id;
    expect(await holder()).toBe(older.id);
    await stores.endUsers.hide(tenant, older.id);
    expect(await holder()).toBe(younger.id);
    await stores.endUsers.hide(tenant, younger.id);
    expect([older.id, younger.id]).not.toContain(await holder());
  });
});
