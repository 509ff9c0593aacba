import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { anEndUser, aRecording, indexed, SEGMENTS } from '../../../support/builders.ts';
import type { Client } from '../../../support/client.ts';
import { eventually } from '../../../support/eventually.ts';
import { type Service, startService } from '../../../support/service.ts';

/** Large imports of one project must not keep another one from its own. */
const MOST = 4;

let service: Service;
let noisy: Client;
let quiet: Client;
const sockets: Socket[] = [];

beforeAll(async () => {
  service = await startService();
  [noisy, quiet] = [await service.client(), await service.client()];
}, 60_000);
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => service?.stop());

const large = `{"segments":${JSON.stringify(SEGMENTS)}${' '.repeat(2 * 1024 * 1024)}}`;

async function importTo(client: Client): Promise<string> {
  const { id } = await aRecording(client, (await anEndUser(client)).id);
  return `/v1/recordings/${id}/transcriptions`;
}

/** Sends all of a large body but its last byte. */
async function beginLargeBody(client: Client, path: string): Promise<Socket> {
  const { port, hostname } = new URL(service.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  sockets.push(socket);
  const head = [`POST ${path} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${client.secret}`];
  const headers = [...head, 'Content-Type: application/json', `Content-Length: ${large.length}`, '', ''].join('\r\n');
  socket.write(headers + large.slice(0, -1));
  if (socket.writableLength > 0) await once(socket, 'drain');
  return socket;
}

test('429: more large bodies of a project than it may have under way; another project is not held up', async () => {
  const path = await importTo(noisy);
  const answers = new Map<Socket, string>();
  for (let i = 0; i < MOST + 2; i++) {
    const socket = await beginLargeBody(noisy, path);
    socket.once('data', (data) => answers.set(socket, String(data)));
  }
  await eventually(() => answers.size === 2);
  for (const answer of answers.values()) expect(answer).toMatch(/^HTTP\/1.1 429 /);
  const refused = await noisy.post(path, large);
  expect([refused.status, refused.body.error.code]).toEqual([429, 'rate_limit_exceeded']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

  const other = await quiet.post(await importTo(quiet), large);
  expect(other.status).toBe(202);
  expect(await indexed(quiet, other.body.id)).toMatchObject({ status: 'completed' });

  const held = sockets.find((socket) => !answers.has(socket));
  held?.write('}');
  await eventually(() => held !== undefined && answers.has(held));
  expect(held && answers.get(held)).toMatch(/^HTTP\/1.1 202 /);
  await eventually(async () => (await noisy.post(path, large)).status === 202);
}, 60_000);

test('a small import of the same project is taken while its large bodies come', async () => {
  const path = await importTo(noisy);
  for (let i = 0; i < MOST; i++) await beginLargeBody(noisy, path);
  expect((await noisy.post(path, { segments: SEGMENTS })).status).toBe(202);
}, 60_000);

test('a repeat with the same key has the same outcome, whatever the size', async () => {
  const path = await importTo(quiet);
  const key = { 'idempotency-key': 'large-1', 'content-type': 'application/json' };
  const [first, again] = [await quiet.post(path, large, key), await quiet.post(path, large, key)];
  expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 202, 'true']);
  expect(again.body.id).toBe(first.body.id);
  expect((await quiet.post(path, `${large} `, key)).status).toBe(422);
}, 60_000);
