import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from '../../../../src/local/stack/programs/executables.ts';
import { AlreadyLocked, holderOf, takeLock } from '../../../../src/local/stack/state/lock.ts';

let file: string;
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'ask-lock-')), 'up.lock');
});

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Another process that lives until it is killed. */
async function other() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  children.push(child);
  await once(child, 'spawn');
  const end = async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { pid: child.pid as number, end };
}

async function lockOf(pid: number, command?: string) {
  await writeFile(file, `${pid}\n${command ?? (await outputOf('ps', ['-o', 'args=', '-p', String(pid)]))}`);
}

test('a lock whose holder lives is refused and names the holder', async () => {
  const holder = await other();
  await lockOf(holder.pid);
  await expect(takeLock(file)).rejects.toEqual(new AlreadyLocked(holder.pid));
});

test('a lock whose holder has ended is taken over', async () => {
  const holder = await other();
  await lockOf(holder.pid);
  await holder.end();
  await takeLock(file);
  expect(await holderOf(file)).toBeNull();
});

test('a lock whose number has passed to another program is taken over', async () => {
  const stranger = await other();
  await lockOf(stranger.pid, 'node src/clients/cli/ask.ts up');
  await expect(takeLock(file)).resolves.toBeInstanceOf(Function);
});

test('a lock that was given back is free', async () => {
  const unlock = await takeLock(file);
  await unlock();
  expect(await holderOf(file)).toBeNull();
  await expect(takeLock(file)).resolves.toBeInstanceOf(Function);
});
