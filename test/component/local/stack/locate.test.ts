import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { assertReachable } from '../../../../src/local/stack/programs/download.ts';
import { findOnPath } from '../../../../src/local/stack/programs/executables.ts';
import { fileOf } from '../../../../src/local/stack/programs/go-build.ts';
import { type Choice, locate } from '../../../../src/local/stack/programs/locate.ts';
import { FERRETDB, locateMongo } from '../../../../src/local/stack/servers/mongodb.ts';
import { locateTemporal } from '../../../../src/local/stack/servers/temporal.ts';
import { freePort } from '../../../../src/local/stack/state/ports.ts';

const has = (path: string): Choice => ({ name: path, find: async () => path });
const lacks: Choice = { name: 'nowhere', find: async () => null };
const refuses: Choice = { name: 'download', find: () => Promise.reject(new Error('example.org does not answer')) };
const silent = () => undefined;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-locate-'));
});

async function program(folder: string, name: string, prints = ''): Promise<string> {
  const file = join(directory, folder, name);
  await mkdir(join(directory, folder), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho '${prints}'\n`);
  await chmod(file, 0o755);
  return file;
}

test('the first choice that has the program is taken', async () => {
  expect(await locate('It', [lacks, has('first'), has('second')], '', silent)).toBe('first');
});

test('a refused download costs one line and the next choice is taken', async () => {
  const said: string[] = [];
  expect(await locate('It', [refuses, has('built')], '', (line) => said.push(line))).toBe('built');
  expect(said).toEqual(['download: example.org does not answer; trying the next way']);
});

test('when every choice is exhausted the error has each reason and the remedy', async () => {
  await expect(locate('It', [lacks, refuses], 'Install Go.', silent)).rejects.toThrow(
    /nowhere: not there\n.*download: example.org does not answer\nInstall Go\./,
  );
});

test('a host that refuses the connection is reported by name', async () => {
  const port = await freePort();
  await expect(assertReachable(`http://127.0.0.1:${port}/`)).rejects.toThrow(`127.0.0.1:${port} does not answer`);
});

test('a host that accepts and says nothing is given up after seconds', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => mute.once('listening', resolve));
  const address = mute.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await expect(assertReachable(`http://127.0.0.1:${port}/`)).rejects.toThrow('does not answer');
  mute.close();
});

test('a file that cannot be executed is passed over on PATH', async () => {
  await mkdir(join(directory, 'plain'));
  await writeFile(join(directory, 'plain', 'tool'), '', { mode: 0o644 });
  const real = await program('bin', 'tool');
  expect(await findOnPath('tool', `${directory}/plain:${directory}/bin`)).toBe(real);
});

test('temporal on PATH is preferred to an earlier build', async () => {
  const onPath = await program('bin', 'temporal', 'temporal version 1.6.0 (Server 1.30.0, UI 2.42.1)');
  await program('cache', 'temporal');
  expect(await locateTemporal(join(directory, 'bin'), join(directory, 'cache'), silent)).toBe(onPath);
});

test('a temporal on PATH whose server is too old is passed over for an earlier build', async () => {
  await program('bin', 'temporal', 'temporal version 1.1.1 (Server 1.25.1, UI 2.31.2)');
  const built = await program('cache', 'temporal');
  expect(await locateTemporal(join(directory, 'bin'), join(directory, 'cache'), silent)).toBe(built);
});

test('mongod on PATH serves a new state directory', async () => {
  const mongod = await program('bin', 'mongod');
  await program('cache', basename(await fileOf(FERRETDB, '')));
  const found = await locateMongo(join(directory, 'data'), join(directory, 'bin'), join(directory, 'cache'), silent);
  expect(found).toEqual({ engine: 'mongod', executable: mongod });
});

test('data that FerretDB wrote stays with FerretDB although mongod has become available', async () => {
  await program('bin', 'mongod');
  const ferretdb = await program('cache', basename(await fileOf(FERRETDB, '')));
  await program('data/ferretdb', 'ask.sqlite');
  const found = await locateMongo(join(directory, 'data'), join(directory, 'bin'), join(directory, 'cache'), silent);
  expect(found).toEqual({ engine: 'ferretdb', executable: ferretdb });
});
