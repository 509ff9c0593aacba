import { DatabaseSync } from 'node:sqlite';

/** `node read-database.ts FILE`: exit code 3 and the reason where the SQLite file is damaged. */
const DAMAGED = 3;
/** SQLITE_CORRUPT and SQLITE_NOTADB, whatever stands in the higher bits. */
const DAMAGES = [11, 26];
const [, , file = ''] = process.argv;

try {
  // Texts in double quotes stand in the indexes of FerretDB.
  const database = new DatabaseSync(file, { enableDoubleQuotedStringLiterals: true });
  const found = database.prepare('PRAGMA quick_check(1)').get();
  const [said = 'ok'] = Object.values(found ?? {});
  database.close();
  if (said !== 'ok')
    refuse(
      String(said)
        .replace(/^\*\*\*.*\*\*\*\s*/, '')
        .replaceAll(/\s+/g, ' '),
    );
} catch (error) {
  if (!(error instanceof Error) || !('errcode' in error)) throw error;
  if (DAMAGES.includes(Number(error.errcode) & 0xff)) refuse(error.message);
  throw error;
}

function refuse(reason: string): never {
  process.stdout.write(reason);
  process.exit(DAMAGED);
}
