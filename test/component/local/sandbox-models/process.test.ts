import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(join(import.meta.dirname, '../../../../src/local/sandbox-models/main.ts'), {
    env: { PATH: process.env.PATH, SANDBOX_PORT: '0', SANDBOX_DIR: join(tmpdir(), `sandbox-${process.pid}`) },
    execArgv: [],
  });
  children.push(child);
  const [{ url }] = await once(child, 'message');
  return { child, url };
}

test('the process tells its parent where it listens, and SIGTERM ends it', async () => {
  const { child, url } = await start();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the process ends when its parent is gone', async () => {
  const { child } = await start();
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});
