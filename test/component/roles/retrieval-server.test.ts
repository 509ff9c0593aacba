import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createSearchIndexes, indexDependency } from '../../../src/adapters/pinecone/index.ts';
import { freePort } from '../../../src/local/stack/state/ports.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { eventually } from '../../support/eventually.ts';
import { type Role, startRole } from '../../support/process.ts';
import { newTenant, passage } from '../adapters/pinecone/passages.ts';

const TOKEN = 'a-token-of-more-than-32-characters';
let directory: string;
let role: Role;
let url: string;

const start = async () => {
  const port = await freePort();
  role = await startRole('src/roles/retrieval-server.ts', {
    ...{ ASK_STATE_DIR: directory, RETRIEVAL_PORT: String(port), RETRIEVAL_TOKEN: TOKEN },
  });
  url = `http://127.0.0.1:${port}`;
};
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-retrieval-'));
  await start();
}, 30_000);
afterAll(async () => {
  await role?.stop();
  await rm(directory, { recursive: true, force: true });
});

const settings = (token: string) => loadConfig({ RETRIEVAL_URL: url, RETRIEVAL_TOKEN: token });
const indexOf = (token: string) => createSearchIndexes(settings(token)).open({ target: 'local', generation: '' });
const check = (token: string) => indexDependency(settings(token), async () => 'local').check();
const get = (path: string) => fetch(`${url}${path}`);

test('who has the token is served, and what was stored is there after a restart', async () => {
  const tenant = newTenant();
  const chunk = passage(tenant, 'Ana: the launch moves to May');
  await indexOf(TOKEN).upsert(tenant, [chunk]);
  await role.stop();
  await start();
  await check(TOKEN);
  await eventually(async () => (await indexOf(TOKEN).missing(tenant, [chunk.id])).length === 0);
  const search = indexOf(TOKEN).search(tenant, { texts: ['launch'], limit: 8 });
  expect(await search).toMatchObject([{ chunkId: chunk.id }]);
}, 30_000);

test.each(['another-token-of-more-than-32-characters', `${TOKEN}.`, TOKEN.slice(0, 32)])(
  '%s is refused',
  async (token) => {
    await expect(check(token)).rejects.toMatchObject({
      message: expect.stringMatching('RETRIEVAL_TOKEN'),
      details: { status: 401, retryable: false },
    });
    const direct = await fetch(`${url}/pinecone/dense/describe_index_stats`, { headers: { 'api-key': token } });
    expect(direct.status).toBe(401);
  },
);

test('health, readiness and metrics need no token, and the metrics count what was refused', async () => {
  expect((await fetch(`${url}/pinecone/sparse/namespaces`)).status).toBe(401);
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  expect(z.object({ status: z.literal('ok') }).parse(await (await get('/readyz')).json())).toBeTruthy();
  const metrics = await (await get('/metrics')).text();
  expect(metrics).toMatch(/ask_retrieval_duration_seconds_count\{operation="describe_index_stats",status="200"\} \d/);
  expect(metrics).toMatch(/ask_retrieval_duration_seconds_count\{operation="other",status="401"\} \d/);
  expect(metrics).toMatch(/^ask_retrieval_pending 0$/m);
  expect(metrics).not.toMatch(/prj_|launch/);
});

test('other machines are not served without a token', async () => {
  const open = startRole('src/roles/retrieval-server.ts', {
    ASK_STATE_DIR: directory,
    RETRIEVAL_PORT: '0',
    HOST: '0.0.0.0',
  });
  await expect(open).rejects.toThrow('RETRIEVAL_TOKEN is not set');
}, 30_000);

test('it ends at once when it is asked to', async () => {
  await role.stop();
  expect(role.output()).toContain('"msg":"stopping"');
  await start();
}, 30_000);
