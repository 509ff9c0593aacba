import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectMongo, createStores, type Stores } from '../../../../src/adapters/mongo/index.ts';
import { systemClock } from '../../../../src/runtime/clock-and-ids.ts';
import { onlyJson, runAsk } from '../../../support/run-ask.ts';

const MONGODB_URI = new URL(`/cli_keys_${randomBytes(4).toString('hex')}`, process.env.TEST_MONGODB_URI).href;
const keys = (...args: string[]) => runAsk(['keys', ...args], { MONGODB_URI });

let connection: Connection;
let stores: Stores;
beforeAll(async () => {
  connection = await connectMongo(MONGODB_URI, { appName: 'test' });
  stores = createStores(connection, { clock: systemClock });
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const ID = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[0-9a-z]{26}$`));
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

test('create makes the project once, and a key that authenticates for that project and mode', async () => {
  const first = await keys('create', '--project', 'acme', '--mode', 'live', '--json');
  expect(first.stderr).toMatch(/^Created the project acme \(prj_\w+\)\.\n$/);
  const created = onlyJson(first);
  expect(created).toEqual({
    id: ID('key'),
    project: 'acme',
    project_id: ID('prj'),
    mode: 'live',
    end_user_id: null,
    scopes: null,
    hint: expect.stringMatching(/^sk_live_.{4}$/),
    created_at: TIME,
    created_by: 'ask keys create',
    last_used_at: null,
    revoked_at: null,
    key: expect.stringMatching(/^sk_live_[\w-]{43}$/),
  });
  expect(await stores.keys.authenticate(String(created.key))).toMatchObject({
    keyId: created.id,
    tenant: { projectId: created.project_id, mode: 'live', endUserId: null },
  });
  const second = await keys('create', '--project', 'acme', '--mode', 'test', '--json');
  expect(second.stderr).toBe('');
  expect(onlyJson(second)).toMatchObject({ project_id: created.project_id, mode: 'test' });
});

test('create restricts a key to scopes and an end user', async () => {
  const restriction = ['--scopes', 'ask:read,ask:write', '--end-user', 'eu_01jd3v9k2m8q4t6w0y5z7a1b3c'];
  const key = onlyJson(await keys('create', '--project', 'acme', '--mode', 'test', '--json', ...restriction));
  expect(key).toMatchObject({
    scopes: ['ask:read', 'ask:write'],
    end_user_id: 'eu_01jd3v9k2m8q4t6w0y5z7a1b3c',
    key: expect.stringMatching(/^rk_test_/),
  });
});

test('for people, create prints the key alone on stdout', async () => {
  const run = await keys('create', '--project', 'acme', '--mode', 'test');
  expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sk_test_[\w-]{43}\n$/) });
});

test('list shows the keys of a project and never their secrets', async () => {
  const a = onlyJson(await keys('create', '--project', 'listed', '--mode', 'test', '--json'));
  const b = onlyJson(await keys('create', '--project', 'listed', '--mode', 'live', '--json'));
  await keys('create', '--project', 'another', '--mode', 'live');
  const { key: secretA, ...shownA } = a;
  const { key: secretB, ...shownB } = b;
  const run = await keys('list', '--project', 'listed', '--json');
  expect(onlyJson(run)).toEqual({ keys: expect.arrayContaining([shownA, shownB]) });
  expect(onlyJson(run).keys).toHaveLength(2);
  expect(run.stdout).not.toContain(String(secretA));
  const all = await keys('list');
  for (const name of ['listed', 'another']) expect(all.stdout).toContain(name);
  for (const secret of [secretA, secretB]) expect(all.stdout).not.toContain(String(secret));
});

test('revoke ends a key for good, and says so twice the same', async () => {
  const created = onlyJson(await keys('create', '--project', 'acme', '--mode', 'test', '--json'));
  const revoked = onlyJson(await keys('revoke', String(created.id), '--json'));
  const { key: secret, ...shown } = created;
  expect(revoked).toEqual({ ...shown, revoked_at: TIME });
  expect(await stores.keys.authenticate(String(secret))).toBeNull();
  expect(onlyJson(await keys('revoke', String(created.id), '--json'))).toEqual(revoked);
});

test('rotate makes a successor with the same rights; the old key holds until it is revoked', async () => {
  const rights = ['--scopes', 'recordings:read', '--end-user', 'eu_01jd3v9k2m8q4t6w0y5z7a1b3c'];
  const old = onlyJson(await keys('create', '--project', 'rotated', '--mode', 'live', '--json', ...rights));
  const next = onlyJson(await keys('rotate', String(old.id), '--json'));
  const { project, project_id, mode, scopes, end_user_id } = old;
  expect(next).toMatchObject({ project, project_id, mode, scopes, end_user_id, created_by: `rotation of ${old.id}` });
  expect(next.id).not.toBe(old.id);
  for (const { key } of [old, next]) expect(await stores.keys.authenticate(String(key))).not.toBeNull();
  await keys('revoke', String(old.id));
  expect(await keys('rotate', String(old.id))).toMatchObject({ code: 1, stdout: '' });
});

const UNKNOWN = 'key_01jd3v9k2m8q4t6w0y5z7a1b3c';
test.each([
  [['revoke', UNKNOWN], `error: There is no key ${UNKNOWN}. See all: npx ask keys list\n`],
  [['rotate', UNKNOWN, '--json'], `error: There is no key ${UNKNOWN}. See all: npx ask keys list\n`],
  [['list', '--project', 'nobody'], 'error: There is no project nobody. See all: npx ask projects list\n'],
])('keys %j fails with one sentence that names the remedy', async (args, stderr) => {
  expect(await keys(...args)).toEqual({ code: 1, stdout: '', stderr });
});
