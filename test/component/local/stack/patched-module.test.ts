import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyPatched, type ModulePatch } from '../../../../src/local/stack/programs/patched-module.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'patched-'));
  await mkdir(join(root, 'module/inner'), { recursive: true });
  await mkdir(join(root, 'stack'));
  await writeFile(join(root, 'module/inner/a.go'), 'package inner\nconst A = 1\n', { mode: 0o444 });
  await writeFile(join(root, 'module/inner/a_test.go'), 'package inner\n');
  await writeFile(join(root, 'stack/more.go'), 'package inner\nconst B = 2\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const patch = (...replaced: ModulePatch['replaced']): ModulePatch => ({
  module: 'example.com/module',
  added: { 'inner/more.go': 'more.go' },
  replaced,
});
const copy = (changes: ModulePatch, to: string) =>
  copyPatched(changes, join(root, 'module'), join(root, to), join(root, 'stack'));

test('the copy has the changes, and the module is left alone', async () => {
  await copy(patch({ file: 'inner/a.go', from: 'A = 1', to: "A = '$&'" }), 'copy');
  expect(await readFile(join(root, 'copy/inner/a.go'), 'utf8')).toBe("package inner\nconst A = '$&'\n");
  expect(await readFile(join(root, 'copy/inner/more.go'), 'utf8')).toBe('package inner\nconst B = 2\n');
  expect(await readFile(join(root, 'module/inner/a.go'), 'utf8')).toBe('package inner\nconst A = 1\n');
  await expect(readFile(join(root, 'copy/inner/a_test.go'))).rejects.toThrow('ENOENT');
});

test.each([
  ['a text that is not there', { file: 'inner/a.go', from: 'A = 3', to: '' }, 'does not fit inner/a.go'],
  ['a text that is there twice', { file: 'inner/a.go', from: 'n', to: '' }, 'does not fit inner/a.go'],
  ['a file that is not there', { file: 'inner/b.go', from: 'A', to: '' }, 'has no inner/b.go'],
])('%s stops the build', async (_, change, message) => {
  await expect(copy(patch(change), 'refused')).rejects.toThrow(message);
});
