import type { Connection } from 'mongoose';
import type { SessionFilter } from '../../../../src/ports/ask/session-store.ts';
import { anOwner, aQuestion, aRecording, aSession, drop, freshDatabase, ids, storesOf } from './fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

test('session pages show each session once, newest activity first, while others are added', async () => {
  const { sessions } = stores;
  const owner = anOwner();
  // Every second two of the same instant: the id breaks the tie.
  const made = Array.from({ length: 9 }, (_, i) => aSession(owner, { createdAt: at(Math.floor(i / 2)) }));
  for (const session of made) await sessions.create(session);
  const seen: string[] = [];
  let after: Parameters<typeof sessions.list>[2]['after'] = null;
  do {
    const page = await sessions.list(owner, {}, { limit: 2, after });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
    await sessions.create(aSession(owner, { createdAt: at(50) }));
  } while (after !== null);
  const expected = made.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
  expect(seen).toEqual(expected.map(({ id }) => id));
});

test('activity moves a session to the front', async () => {
  const { sessions } = stores;
  const owner = anOwner();
  const [older, newer] = [aSession(owner, { createdAt: at(1) }), aSession(owner, { createdAt: at(2) })];
  await sessions.create(older);
  await sessions.create(newer);
  await sessions.recordQuestion(owner, older.id, ids.next('trn'), aQuestion({ createdAt: at(3) }));
  const { items } = await sessions.list(owner, {}, { limit: 10, after: null });
  expect(items.map(({ id }) => id)).toEqual([older.id, newer.id]);
});

test('session filters', async () => {
  const { sessions } = stores;
  const owner = anOwner();
  const tenant = { ...owner, endUserId: null };
  const other = ids.next('eu');
  const [a, b] = [ids.next('rec'), ids.next('rec')];
  await sessions.create(aSession(owner, { title: 'Library' }));
  await sessions.create(aSession(owner, { title: 'One (1.5)', scope: { type: 'recording', recordingId: a } }));
  await sessions.create(aSession(owner, { title: 'Both', scope: { type: 'selected', recordingIds: [a, b] } }));
  await sessions.create(aSession({ ...owner, endUserId: other }, { title: 'Other' }));
  const titles = async (filter: SessionFilter, who: typeof tenant | typeof owner = tenant) => {
    const { items } = await sessions.list(who, filter, { limit: 10, after: null });
    return items.map(({ title }) => title).sort();
  };
  expect(await titles({ endUserId: other })).toEqual(['Other']);
  expect(await titles({ endUserId: other }, owner)).toEqual([]);
  expect(await titles({ scopeType: 'library' })).toEqual(['Library', 'Other']);
  expect(await titles({ recordingId: a })).toEqual(['Both', 'One (1.5)']);
  expect(await titles({ recordingId: b, scopeType: 'recording' })).toEqual([]);
  expect(await titles({ titleContains: 'oTHe' })).toEqual(['Other']);
  expect(await titles({ titleContains: '(1.5)' })).toEqual(['One (1.5)']);
  expect(await titles({ titleContains: '1_5' })).toEqual([]);
  expect(await titles({ titleContains: '.*' })).toEqual([]);
});

test('message pages go from the oldest to the newest', async () => {
  const { sessions } = stores;
  const owner = anOwner();
  const session = aSession(owner);
  await sessions.create(session);
  for (const content of ['a', 'b', 'c']) {
    await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion({ content }));
  }
  const first = await sessions.listMessages(owner, session.id, { limit: 2, after: null });
  const second = await sessions.listMessages(owner, session.id, { limit: 2, after: first.next });
  expect(first.items.map(({ content }) => content)).toEqual(['a', 'b']);
  expect(second.items.map(({ content }) => content)).toEqual(['c']);
  expect(second.next).toBeNull();
});

test('recordings come newest first, by offset', async () => {
  const { recordings } = stores;
  const owner = anOwner();
  for (let i = 0; i < 3; i++) await recordings.create(aRecording(owner, { name: `${i}`, createdAt: at(i) }));
  const page = async (offset: number) => {
    const { items, hasMore } = await recordings.list(owner, {}, { limit: 2, offset });
    return [...items.map(({ name }) => name), hasMore];
  };
  expect(await page(0)).toEqual(['2', '1', true]);
  expect(await page(2)).toEqual(['0', false]);
});

test('end users are paged, and found by their external id', async () => {
  const { endUsers } = stores;
  const { projectId, mode } = anOwner();
  const tenant = { projectId, mode, endUserId: null };
  const made = ['x', 'y', 'z'].map((externalId) => ({
    id: ids.next('eu'),
    projectId,
    mode,
    externalId,
    name: null,
    metadata: { plan: 'pro' },
    createdAt: at(0),
  }));
  for (const endUser of made) {
    expect(await endUsers.create(endUser)).toEqual(endUser);
    expect(await endUsers.create({ ...endUser, name: 'changed' })).toEqual(endUser);
  }
  const first = await endUsers.list(tenant, {}, { limit: 2, after: null });
  const second = await endUsers.list(tenant, {}, { limit: 2, after: first.next });
  expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
  expect((await endUsers.list(tenant, { externalId: 'y' }, { limit: 2, after: null })).items).toEqual([made[1]]);
});
