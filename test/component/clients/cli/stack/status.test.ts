import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAsk } from '../../../../support/run-ask.ts';

/** What `ask status` says of a service whose `/readyz` answers so. */
async function statusOf(status: number, said: object) {
  const server = createServer((_, response) => {
    response.statusCode = status;
    response.end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const directory = await mkdtemp(join(tmpdir(), 'ask-status-'));
  try {
    return await runAsk(['status'], { ASK_API_URL: `http://127.0.0.1:${port}`, ASK_STATE_DIR: directory });
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  }
}

test('a service that is not ready says in words what it waits for, and what to check', async () => {
  const dependencies = { mongodb: { status: 'ok' }, temporal: { status: 'unavailable' } };
  const { code, stdout } = await statusOf(503, { status: 'unavailable', dependencies, answers: null });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Not ready: temporal does not answer \(check TEMPORAL_ADDRESS\)\n/);
  expect(stdout).not.toContain('{');
});

test('a service that is ready says who answers', async () => {
  const answers = { default: 'openai', providers: ['openai', 'claude'], sandbox: false };
  const { code, stdout } = await statusOf(200, { status: 'ok', dependencies: {}, answers });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Ready\n/);
  expect(stdout).toMatch(/answers +openai \(default\), claude/);
});

test.each([
  [{ index: 'local', hashed_words: false }, /search +local index\n/],
  [{ index: 'local', hashed_words: true }, /search +hashed words; no embedding model can be had/],
  [{ index: 'pinecone', hashed_words: false }, /search +Pinecone\n/],
])('a service elsewhere says by what it searches: %j', async (search, expected) => {
  const { stdout } = await statusOf(200, { status: 'ok', dependencies: {}, answers: null, search });
  expect(stdout).toMatch(expected);
});

test('an address where nobody answers is told', async () => {
  const { code, stdout } = await runAsk(['status'], {
    ASK_API_URL: 'http://127.0.0.1:9',
    ASK_STATE_DIR: '/nowhere/at/all',
  });
  expect([code, stdout.split('\n')[0]]).toEqual([
    1,
    'Not ready: nobody answers at http://127.0.0.1:9; it is starting or has stopped',
  ]);
});
