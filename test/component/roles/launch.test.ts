import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { HEAP_FLAGS, MALLOC_ENVIRONMENT } from '../../../src/runtime/tuning.ts';

const LAUNCHER = 'src/roles/launch.ts';

/** A process of Linux as the system sees it. */
const seen = (pid: number | undefined, what: 'cmdline' | 'environ') =>
  readFileSync(`/proc/${pid}/${what}`, 'utf8').split('\0');

test('the launcher becomes the role, with its flags and environment', async () => {
  // A database that never answers: the role stays until it is told to end.
  const database = createServer().listen(0, '127.0.0.1');
  await once(database, 'listening');
  const address = database.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const child = spawn(process.execPath, [LAUNCHER, 'api'], {
    env: { PATH: process.env.PATH, MONGODB_URI: `mongodb://127.0.0.1:${port}/x` },
    stdio: 'ignore',
  });
  await once(database, 'connection');
  const [command, environment] = [seen(child.pid, 'cmdline'), seen(child.pid, 'environ')];
  child.kill('SIGKILL');
  await once(child, 'exit');
  database.close();
  expect(command.slice(1, -1)).toEqual([...HEAP_FLAGS, expect.stringMatching(/src\/roles\/api\.ts$/)]);
  expect(environment).toEqual(
    expect.arrayContaining(Object.entries(MALLOC_ENVIRONMENT).map((variable) => variable.join('='))),
  );
});

test('an unknown role is refused with the ones that there are', () => {
  const run = spawnSync(process.execPath, [LAUNCHER, 'nobody'], { encoding: 'utf8' });
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr).toContain('api|worker');
});
