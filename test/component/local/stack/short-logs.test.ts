import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { keepLogsShort, rewriteFile, sqliteFilesIn } from '../../../../src/local/stack/servers/short-logs.ts';
import { eventually } from '../../../support/eventually.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-logs-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('words that were deleted leave the files while their server goes on', async () => {
  const file = join(directory, 'words.sqlite');
  const server = new DatabaseSync(file);
  server.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; CREATE TABLE said (words TEXT)');
  server.exec("INSERT INTO said VALUES ('erasedword'); DELETE FROM said");
  const found = () =>
    [file, `${file}-wal`].some((each) => existsSync(each) && readFileSync(each).includes('erasedword'));
  expect(found()).toBe(true);
  const stop = keepLogsShort(() => sqliteFilesIn(directory), 20);
  await eventually(() => !found());
  stop();
  server.exec("INSERT INTO said VALUES ('kept')");
  expect(server.prepare('SELECT words FROM said').all()).toEqual([{ words: 'kept' }]);
  server.close();
});

test('words that were deleted before they were overwritten leave a file that is rewritten', async () => {
  const file = join(directory, 'earlier.sqlite');
  // With a text in double quotes, as in the schemas of Temporal and FerretDB.
  const earlier = new DatabaseSync(file, { enableDoubleQuotedStringLiterals: true });
  earlier.exec("PRAGMA journal_mode = WAL; CREATE TABLE said (words TEXT); INSERT INTO said VALUES ('kept')");
  earlier.exec('CREATE INDEX by_words ON said (words || "a text")');
  earlier.exec("INSERT INTO said VALUES ('erasedbefore'); DELETE FROM said WHERE words = 'erasedbefore'");
  earlier.close();
  expect(readFileSync(file).includes('erasedbefore')).toBe(true);
  await rewriteFile(file);
  expect(readFileSync(file).includes('erasedbefore')).toBe(false);
  const later = new DatabaseSync(file, { enableDoubleQuotedStringLiterals: true });
  expect(later.prepare('SELECT words FROM said').all()).toEqual([{ words: 'kept' }]);
  later.close();
});
