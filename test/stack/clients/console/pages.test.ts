import { gzipSync } from 'node:zlib';
import { request } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';
import { openTab } from './browser.ts';
import { prepared } from './stage.ts';

const browser = await prepared();
const inBrowser = browser === null ? test.skip : test;

let service: Service;
const get = (path: string) => request(service.url, 'GET', path, {});

beforeAll(async () => {
  service = await startService({ worker: false });
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await browser?.close();
});

describe('GET /', () => {
  inBrowser(
    '200: a page that may load nothing from elsewhere and nothing inline, and is always asked for',
    async () => {
      const { status, headers } = await get('/');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-cache');
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).not.toContain('unsafe');
    },
  );

  test('200: its files are kept for ever, for they have another name when they change', async () => {
    const { body } = await get('/');
    const names = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, name]) => name as string);
    expect(names.length).toBe(3);
    for (const name of names) {
      const { status, headers } = await get(name);
      expect([name, status]).toEqual([name, 200]);
      expect(headers.get('cache-control')).toContain('immutable');
    }
  });

  test('all of it takes at most 120 kB, compressed', async () => {
    const { body } = await get('/');
    const names = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, name]) => name);
    const files = await Promise.all(names.map(async (name) => (await fetch(service.url + name)).bytes()));
    expect(files.reduce((sum, file) => sum + gzipSync(file).length, 0)).toBeLessThan(120_000);
  });

  test('404: nothing but its own files', async () => {
    const paths = [
      '/assets/',
      '/assets/index.html',
      '/assets/none.js',
      '/assets/..%2findex.html',
      '/assets/..%2f..%2fmain.js',
    ];
    const statuses = await Promise.all(paths.map(async (path) => (await get(path)).status));
    expect(statuses).toEqual(paths.map(() => 404));
  });

  test('the plain API keeps its own policy', async () => {
    const { headers } = await get('/v1/recordings');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('GET /docs', () => {
  inBrowser('shows every operation of the document, and the browser complains about nothing', async () => {
    const { paths } = (await get('/openapi.json')).body;
    const operations = Object.values<object>(paths).flatMap((path) => Object.keys(path));
    const { page, complaints, close } = await openTab(browser);
    await page.goto(`${service.url}/docs`);
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.opblock').count()).toBe(operations.length);
    expect(complaints).toEqual([]);
    await close();
  });
});
