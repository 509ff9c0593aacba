import { once } from 'node:events';
import { connect } from 'node:net';
import { ConfigError, loadConfig } from '../../../../src/runtime/config.ts';
import { request } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

const OURS = 'https://app.example.com';
let plain: Service;
let behindProxy: Service;
beforeAll(async () => {
  [plain, behindProxy] = await Promise.all([
    startService({ worker: false }),
    startService({ worker: false, settings: { CORS_ORIGINS: `${OURS},https://b.example.com`, TRUST_PROXY: 'true' } }),
  ]);
}, 60_000);
afterAll(() => Promise.all([plain?.stop(), behindProxy?.stop()]));

const headersOf = async (service: Service, headers: Record<string, string> = {}, method = 'GET') =>
  Object.fromEntries((await request(service.url, method, '/v1/ask/sessions', { headers })).headers);

test('every answer, an error too, tells browsers not to frame, sniff, cache or run it', async () => {
  expect(await headersOf(plain)).toMatchObject({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
});

test('nothing tells which software answers', async () => {
  const headers = await headersOf(plain);
  expect([headers.server, headers['x-powered-by']]).toEqual([undefined, undefined]);
});

test('a client that never ends its headers is told so and cut off, whatever it goes on sending', async () => {
  const { port, hostname } = new URL(plain.url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  const closed = new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  socket.write('GET /healthz HTTP/1.1\r\nX-Slow: ');
  const silent = connect({ port: Number(port), host: hostname }).on('error', () => {});
  const hungUp = once(silent, 'close');
  const dripping = setInterval(() => socket.write('x'), 100);
  const [answer] = await once(socket, 'data');
  await closed.finally(() => clearInterval(dripping));
  expect(String(answer)).toMatch(/^HTTP\/1.1 408 /);
  // One that says nothing at all is cut as well.
  silent.resume();
  await hungUp;
}, 60_000);

describe('cross-origin calls', () => {
  const preflight = (origin: string) => ({
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  });

  test('are allowed to no page when no origin is set', async () => {
    expect(await headersOf(plain, { origin: OURS })).not.toHaveProperty('access-control-allow-origin');
    expect(await headersOf(plain, preflight(OURS), 'OPTIONS')).not.toHaveProperty('access-control-allow-origin');
  });

  test('are allowed to pages of the origins that are set, without cookies', async () => {
    const headers = await headersOf(behindProxy, preflight(OURS), 'OPTIONS');
    expect(headers['access-control-allow-origin']).toBe(OURS);
    const allowed = headers['access-control-allow-headers']?.split(',');
    expect(allowed).toEqual(expect.arrayContaining(['Authorization', 'Idempotency-Key', 'Last-Event-ID', 'Prefer']));
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    const refused = await headersOf(behindProxy, { origin: OURS });
    expect([refused['access-control-allow-origin'], refused.vary]).toEqual([OURS, expect.stringContaining('Origin')]);
    const limits = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
    const outcome = [
      'Location',
      'Retry-After',
      'Idempotent-Replayed',
      'Preference-Applied',
      'X-Request-Id',
      'X-Workflow-Id',
    ];
    expect(refused['access-control-expose-headers']?.split(',')).toEqual(
      expect.arrayContaining([...limits, ...outcome]),
    );
  });

  test.each(['https://evil.example.com', 'null', `${OURS}.evil.com`])(
    'are allowed to no page of %s',
    async (origin) => {
      expect(await headersOf(behindProxy, { origin })).not.toHaveProperty('access-control-allow-origin');
    },
  );

  test.each(['*', 'app.example.com', 'https://app.example.com/path'])('cannot be allowed to %s', (origin) => {
    expect(() => loadConfig({ CORS_ORIGINS: origin })).toThrow(ConfigError);
  });
});

test('a forwarded HTTPS is believed from a trusted proxy alone', async () => {
  const forwarded = { 'x-forwarded-proto': 'https' };
  expect(await headersOf(behindProxy, forwarded)).toMatchObject({ 'strict-transport-security': 'max-age=31536000' });
  expect(await headersOf(plain, forwarded)).not.toHaveProperty('strict-transport-security');
});

test('the API listens on the loopback alone unless told otherwise', () => {
  expect(loadConfig({}).HOST).toBe('127.0.0.1');
});
