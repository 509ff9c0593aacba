import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

let service: Service;
let client: Client;

beforeAll(async () => {
  service = await startService({ worker: false });
  client = await service.client();
}, 60_000);
afterAll(() => service?.stop());

/** Sends bytes of any form, and only then reads what comes back until the connection ends. */
async function talk(...parts: string[]): Promise<string> {
  const { port, hostname } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  await pipeline(Readable.from(parts), socket, { end: false });
  return text(socket);
}

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a body that cannot be read', () => {
  test.each([
    ['no JSON', '{"name":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"hello"'],
    ['NUL in a text', '{"name":"a\\u0000b"}'],
    ['half a character', '{"name":"\\ud800"}'],
    ['half a character in a key', '{"metadata":{"\\udc00":1}}'],
    ['a prototype key', '{"__proto__":{"admin":true}}'],
    ['a prototype key in metadata', '{"metadata":{"a":{"__proto__":{"admin":true}}}}'],
    ['a deep object', `{"metadata":${nested(100)}}`],
    ['a very deep object', `{"metadata":${nested(30_000)}}`],
    ['a very deep list', `{"metadata":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
  ])('400: %s', async (_, body) => {
    const answer = await client.post('/v1/end_users', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'invalid_request', details: { field: expect.any(String) } });
  });

  test('400: bytes that are not UTF-8', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const headers = { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' };
    const response = await fetch(`${service.url}/v1/end_users`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
  });

  test.each([
    ['text/plain', {}],
    ['application/xml', {}],
    ['application/json; charset=latin1', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('415: %s %j', async (type, headers) => {
    const answer = await client.post('/v1/end_users', '{}', { 'content-type': type, ...headers });
    expect(answer.status).toBe(415);
    expect(answer.body.error.code).toBe('invalid_request');
  });

  test.each(['application/json; charset=utf-8', 'Application/JSON'])('201: %s is JSON', async (type) => {
    expect((await client.post('/v1/end_users', '{}', { 'content-type': type })).status).toBe(201);
  });

  test('413: more than 256 KiB, announced', async () => {
    const answer = await client.post('/v1/end_users', { name: 'x'.repeat(256 * 1024) });
    expect(answer.status).toBe(413);
    expect(answer.body.error.code).toBe('payload_too_large');
  });

  test('413: more than 256 KiB, not announced', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (sent++ < 8) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const headers = { authorization: `Bearer ${client.secret}`, 'content-type': 'application/json' };
    const response = await fetch(`${service.url}/v1/end_users`, { method: 'POST', headers, body, duplex: 'half' });
    expect(response.status).toBe(413);
  });
});

describe('a client that sends its whole body before it reads', () => {
  const part = 'x'.repeat(64 * 1024);
  /** More than the buffers of both sides hold, so that the client comes to an end only where the server reads on. */
  const parts: string[] = Array(128).fill(part);
  const json = 'Content-Type: application/json';
  const authorized = () => `Authorization: Bearer ${client.secret}`;

  const post = (path: string, headers: string[], body: string[]) =>
    talk([`POST ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n'), ...body);

  test.each([
    ['401', '/v1/end_users', () => ['Authorization: Bearer nobody', json]],
    ['404', '/v1/nothing', () => [authorized(), json]],
    ['413', '/v1/end_users', () => [authorized(), json]],
    ['415', '/v1/end_users', () => [authorized(), 'Content-Type: text/plain']],
  ])('reads its %s', async (status, path, headers) => {
    const length = `Content-Length: ${parts.length * part.length}`;
    const answer = await post(path, [...headers(), length], parts);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} .*}}$`, 's'));
  });

  test('reads its 413 where it did not announce the length', async () => {
    const chunks = parts.map((data) => `${data.length.toString(16)}\r\n${data}\r\n`);
    const answer = await post(
      '/v1/end_users',
      [authorized(), json, 'Transfer-Encoding: chunked'],
      [...chunks, '0\r\n\r\n'],
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 .*}}$/s);
  });
});

describe('an address that cannot be read', () => {
  test.each([
    'limit=1&limit=2',
    'external_id=%zz',
    'external_id=%ff',
    'external_id=%00',
    '__proto__=1',
    'constructor=1',
  ])('400: ?%s', async (query) => {
    expect((await client.get(`/v1/end_users?${query}`)).status).toBe(400);
  });

  test.each(['/v1', '/v1/nothing', '/V1/end_users', '/v1/end_users/', '//v1/end_users', '/v1/end_users/a/b'])(
    '404: %s',
    async (path) => {
      const { status, body } = await client.get(path);
      expect(status).toBe(404);
      expect(body.error.code).toBe('not_found');
    },
  );

  test.each([
    ['PUT', '/v1/end_users', 'GET, HEAD, POST'],
    ['PUT', '/v1/ask/sessions/as_1', 'DELETE, GET, HEAD, PATCH'],
    ['OPTIONS', '/v1/recordings/search', 'POST'],
    ['PUT', '/v1/recordings/rec_1', 'DELETE, GET, HEAD, PATCH'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('405: %s %s names what is allowed', async (method, path, allow) => {
    const answer = await client.send(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(answer.body.error.code).toBe('invalid_request');
  });
});

describe('what is not HTTP', () => {
  test('431: huge headers', async () => {
    const head = `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`;
    const answer = await talk(head);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(answer).toContain('"code":"invalid_request"');
  });

  test('400: another protocol', async () => {
    expect(await talk('HELO mail\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  });
});

describe('an Idempotency-Key that cannot be used', () => {
  test.each(['', 'x'.repeat(256), 'schlüssel'])('400: %j', async (key) => {
    const answer = await client.post('/v1/end_users', {}, { 'idempotency-key': Buffer.from(key).toString('latin1') });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.field).toBe('Idempotency-Key');
  });
});
