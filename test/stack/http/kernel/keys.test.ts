import { SCOPES } from '../../../../src/domain/access/tenant.ts';
import { routes } from '../../../../src/http/routes.ts';
import { request } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService({ worker: false });
}, 60_000);
afterAll(() => service?.stop());

const path = (template: string) => template.replace(/:\w+/g, 'unknown');

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  test.each([
    ['no key', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty key', 'Bearer '],
    ['an unknown key', 'Bearer sk_test_0000000000000000000000000000000000000000000'],
    ['a key with odd characters', 'Bearer sk_test_$where'],
  ])('401: %s', async (_, authorization) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const answer = await request(service.url, route.method, path(route.path), { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(answer.body.error.code).toBe('unauthorized');
  });

  test('401: a revoked key, at once', async () => {
    const client = await service.client();
    expect((await client.send(route.method, path(route.path))).status).not.toBe(401);
    await service.revoke(client);
    expect((await client.send(route.method, path(route.path))).status).toBe(401);
  });

  test('403: a restricted key without the scope; with it, the request goes on', async () => {
    const without = await service.client({ scopes: SCOPES.filter((scope) => scope !== route.scope) });
    const refused = await without.send(route.method, path(route.path));
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(route.scope);
    const having = await service.client({ scopes: [route.scope] });
    expect((await having.send(route.method, path(route.path))).status).not.toBe(403);
  });
});

describe('rate limits', () => {
  test('429: above the limit, for a project and mode, with the time to wait', async () => {
    const limited = await startService({ worker: false, settings: { RATE_LIMIT_PER_MINUTE: '3' } });
    try {
      const client = await limited.client();
      const remaining: (string | null)[] = [];
      for (let i = 0; i < 3; i++) {
        const { headers } = await client.get('/v1/recordings');
        remaining.push(headers.get('x-ratelimit-remaining'));
        expect(headers.get('x-ratelimit-limit')).toBe('3');
      }
      expect(remaining).toEqual(['2', '1', '0']);
      const sibling = await limited.client({ projectId: client.projectId });
      const refused = await sibling.get('/v1/end_users');
      expect(refused.status).toBe(429);
      expect(refused.body.error.code).toBe('rate_limit_exceeded');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(refused.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
      const live = await limited.client({ projectId: client.projectId, mode: 'live' });
      expect((await live.get('/v1/end_users')).status).toBe(200);
    } finally {
      await limited.stop();
    }
  }, 60_000);
});
