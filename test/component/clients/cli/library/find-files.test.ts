import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFiles } from '../../../../../src/clients/cli/library/find-files.ts';
import { temporaryDirectory } from '../../../../support/run-ask.ts';

const root = temporaryDirectory();
const at = (...names: string[]) => names.map((name) => join(root, name));
mkdirSync(join(root, 'deep', 'er'), { recursive: true });
mkdirSync(join(root, 'empty'));
for (const file of at('b.vtt', 'a.srt', 'notes.doc', 'deep/c.JSON', 'deep/er/d.vtt', 'a[1].vtt'))
  writeFileSync(file, '');

test('a folder stands for the transcripts in it, at any depth, in order', async () => {
  expect(await findFiles([root])).toEqual(at('a.srt', 'a[1].vtt', 'b.vtt', 'deep/c.JSON', 'deep/er/d.vtt'));
});

test('a pattern stands for what it matches, and a file that is there for itself', async () => {
  expect(await findFiles([join(root, '*.vtt')])).toEqual(at('a[1].vtt', 'b.vtt'));
  expect(await findFiles([join(root, '**/*.vtt')])).toEqual(at('a[1].vtt', 'b.vtt', 'deep/er/d.vtt'));
  expect(await findFiles(at('a[1].vtt'))).toEqual(at('a[1].vtt'));
});

test('a file that is named twice comes once', async () => {
  expect(await findFiles([...at('b.vtt', 'deep'), root])).toHaveLength(5);
});

test('a file that is not there is left to fail when it is read', async () => {
  expect(await findFiles(at('absent.vtt'))).toEqual(at('absent.vtt'));
});

test.each(['notes.doc', 'empty', '*.srt2', 'none-*.vtt'])('%s is a wrong call', async (name) => {
  await expect(findFiles(at(name))).rejects.toThrow(join(root, name));
});
