import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDatabase } from '../../../../src/local/stack/servers/check-database.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-database-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function aDatabase(name: string): Promise<string> {
  const { DatabaseSync } = await import('node:sqlite');
  const file = join(directory, name);
  const database = new DatabaseSync(file, { enableDoubleQuotedStringLiterals: true });
  database.exec('CREATE TABLE t (doc TEXT NOT NULL) STRICT; CREATE INDEX i ON t (doc->"_id")');
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  for (let i = 0; i < 200; i++) insert.run(JSON.stringify({ _id: `${i}`, text: 'said '.repeat(50) }));
  database.close();
  return file;
}

async function overwrite(file: string, at: number, bytes: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(bytes, 0x5a), 0, bytes, at);
  await handle.close();
}

test('a sound database, and none at all, may start', async () => {
  await checkDatabase(await aDatabase('sound.sqlite'), 'Restore it.');
  await checkDatabase(join(directory, 'none.sqlite'), 'Restore it.');
});

test.each([
  ['its header', 0, 4096],
  ['a page in its middle', 3 * 4096, 8192],
])('a database that lost %s stops the start with the file and the remedy', async (name, at, bytes) => {
  const file = await aDatabase(`${name}.sqlite`);
  await overwrite(file, at, bytes);
  await expect(checkDatabase(file, 'Restore it.')).rejects.toThrow(
    new RegExp(`${name}.sqlite is damaged: .+\\. Restore it\\.`),
  );
});

test('a file that is no database is damaged', async () => {
  const file = join(directory, 'text.sqlite');
  await writeFile(file, 'This is a text. '.repeat(100));
  await expect(checkDatabase(file, 'Restore it.')).rejects.toThrow('is damaged: file is not a database');
});
