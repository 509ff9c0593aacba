import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = ['src', 'test', 'deploy', 'docs'].flatMap((top) =>
  readdirSync(join(process.cwd(), top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\/dist\b/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name)),
);

test('no file is there twice', () => {
  const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  const same = [...Map.groupBy(files, digest).values()].filter((group) => group.length > 1);
  expect(files.length).toBeGreaterThan(400);
  expect(same).toEqual([]);
});

test('a meeting has one segment a line, so that a change of it can be read', () => {
  const meetings = files.filter((file) => /(?:demo-data|meetings)\/[^/]+\.json$/.test(file));
  expect(meetings.length).toBeGreaterThan(10);
  const texts = meetings.map((file) => [file, readFileSync(file, 'utf8')] as const);
  expect(texts.filter(([, text]) => text.split('\n').length < text.split('"speaker":').length)).toEqual([]);
  expect(texts.filter(([, text]) => /\{\s*\n\s*"start"/.test(text)).map(([file]) => file)).toEqual([]);
});
