import { connect } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import { routes } from '../../../../src/http/routes.ts';
import { publicRoutes } from '../../../../src/http/site/public-routes.ts';
import { request } from '../../../support/client.ts';
import { eventually } from '../../../support/eventually.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
const get = (path: string, headers = {}) => request(service.url, 'GET', path, { headers });

beforeAll(async () => {
  service = await startService({ worker: false });
}, 60_000);
afterAll(() => service?.stop());

describe('GET /healthz', () => {
  test('200: the process lives', async () => {
    const { status, body } = await get('/healthz');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });
});

describe('GET /readyz', () => {
  test('200: every dependency can be reached', async () => {
    const { status, body } = await get('/readyz');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      dependencies: { mongodb: { status: 'ok' }, temporal: { status: 'ok' } },
    });
  });

  test('503: names the dependency that is away, and requests that need it say so', async () => {
    const cut = await startService({ worker: false, settings: { TEMPORAL_ADDRESS: '127.0.0.1:9' } });
    try {
      const { status, body } = await request(cut.url, 'GET', '/readyz', {});
      expect(status).toBe(503);
      expect(body.dependencies).toMatchObject({ mongodb: { status: 'ok' }, temporal: { status: 'unavailable' } });
      const client = await cut.client();
      const { id } = (await client.post('/v1/end_users', {})).body;
      const refused = await client.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id: id });
      expect(refused.status).toBe(503);
      expect(refused.body.error.code).toBe('unavailable');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      // An erasure that could not be started can be asked for again.
      expect((await client.delete(`/v1/end_users/${id}`)).status).toBe(503);
      expect((await client.get(`/v1/end_users/${id}`)).status).toBe(200);
    } finally {
      await cut.stop();
    }
  }, 30_000);
});

describe('GET /metrics', () => {
  test('200: counts requests by route template, without ids', async () => {
    await get('/v1/recordings/rec_secret');
    const { body } = await get('/metrics');
    expect(body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/v1/recordings/:recording_id",status="401"} 1',
    );
    expect(body).toContain('process_cpu_seconds_total');
    expect(body).toContain('ask_log_lines_dropped_total 0');
    expect(body).not.toContain('rec_secret');
  });
});

test('a client that hangs up before its request is whole is no failure of the service', async () => {
  const { secret } = await service.client();
  const { port, hostname } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  const head = ['POST /v1/end_users HTTP/1.1', 'Host: ask', `Authorization: Bearer ${secret}`];
  const sent = [...head, 'Content-Type: application/json', 'Content-Length: 100', '', '{"name":'].join('\r\n');
  await new Promise((resolve) => socket.write(sent, resolve));
  const metrics = async () => String((await get('/metrics')).body);
  socket.destroy();
  const abandoned = 'http_request_duration_seconds_count{method="POST",route="/v1/end_users",status="499"} 1';
  await eventually(async () => (await metrics()).includes(abandoned));
  expect(await metrics()).not.toContain('route="/v1/end_users",status="500"');
  expect(service.apiLog()).not.toContain('unexpected error');
  expect(service.apiLog()).toContain('"status":499');
});

describe('GET /openapi.json', () => {
  test('200: a valid OpenAPI 3.1 document that names every route of the table', async () => {
    const { body } = await get('/openapi.json');
    const result = await new Validator().validate(structuredClone(body));
    expect(result).toMatchObject({ valid: true });
    const named = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const inTable = [...routes, ...publicRoutes(undefined as never, undefined as never, () => ({}))].map(
      ({ method, path }) => `${method} ${path.replace(/\{.*/, '').replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(named.toSorted()).toEqual(inTable.toSorted());
  });

  test('200: every reference leads somewhere', async () => {
    const { body } = await get('/openapi.json');
    const references = [...JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(20);
    expect(new Set(references)).toEqual(new Set(Object.keys(body.components.schemas)));
  });
});

describe('GET /docs', () => {
  test('200: the reference needs no other host', async () => {
    const { status, headers, body } = await get('/docs');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    const own = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address as string);
    expect(own.every((address) => address.startsWith('/docs/'))).toBe(true);
    const statuses = await Promise.all(own.map(async (address) => (await get(address)).status));
    expect(statuses).toEqual(own.map(() => 200));
  });

  test('404: nothing but its own files', async () => {
    const paths = ['/docs/package.json', '/docs/..%2f..%2fpackage.json', '/docs/index.js'];
    const statuses = await Promise.all(paths.map(async (path) => (await get(path)).status));
    expect(statuses).toEqual([404, 404, 404]);
  });
});

describe('every response', () => {
  test('keeps a sane request id and replaces another', async () => {
    const kept = await get('/healthz', { 'x-request-id': 'Trace-1.a_b' });
    expect(kept.headers.get('x-request-id')).toBe('Trace-1.a_b');
    for (const bad of ['a b', 'x'.repeat(129), 'a/b']) {
      const replaced = await get('/healthz', { 'x-request-id': bad });
      expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('forbids sniffing, framing and caching', async () => {
    const { headers } = await get('/v1/recordings');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
