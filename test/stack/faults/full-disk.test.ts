import { request } from '../../support/client.ts';
import { startTestMongo } from '../../support/servers.ts';
import { type Service, startService } from '../../support/service.ts';

/** A database that takes no more: what was stored is served, and what cannot be stored is a 503 that says so. */
let mongo: Awaited<ReturnType<typeof startTestMongo>>;
let service: Service;

beforeAll(async () => {
  // Room for the collections and some documents: about 3 MB.
  mongo = await startTestMongo({ maxPages: 800 });
  service = await startService({ worker: false, settings: { MONGODB_URI: `${mongo.address}full` } });
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await mongo?.stop();
});

test('a write that does not fit is a 503 that says why, /readyz says it, and reads go on', async () => {
  if (mongo.engine !== 'ferretdb') return;
  const client = await service.client();
  const metadata = { note: 'x'.repeat(15_000) };
  const stored = await client.post('/v1/end_users', {});
  expect((await request(service.url, 'GET', '/readyz', {})).status).toBe(200);
  let refused = stored;
  for (let i = 0; i < 400 && refused.status === 201; i++) refused = await client.post('/v1/end_users', { metadata });
  expect([refused.status, refused.body.error?.code]).toEqual([503, 'unavailable']);
  expect(refused.body.error.message).toContain('no space left');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await client.get(`/v1/end_users/${stored.body.id}`)).status).toBe(200);
  expect((await request(service.url, 'GET', '/healthz', {})).status).toBe(200);
}, 60_000);
