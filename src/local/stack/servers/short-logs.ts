import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const EVERY_MS = 60_000;

/**
 * Empties the write-ahead logs of SQLite files now and then. SQLite writes a log anew from its beginning and leaves what
 * stands behind, so erased words would stay in it until as much was written again.
 * @returns what ends it
 */
export function keepLogsShort(files: () => Promise<string[]>, everyMs = EVERY_MS): () => void {
  const timer = setInterval(async () => {
    for (const file of await files()) await emptyLog(file);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Moves what the log holds into the file, and cuts the log. A file that is busy or gone is left to the next time. */
export async function emptyLog(file: string): Promise<void> {
  if (!existsSync(`${file}-wal`)) return;
  try {
    // Node 22 has it only behind a flag.
    const { DatabaseSync } = await import('node:sqlite');
    using database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 200; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Its server writes right now, or has just removed it.
  }
}

/**
 * Writes a file anew without what stood in its free pages. Call it before its server starts. It takes as much room again as
 * the file has. @throws when there is no such room, or the file is no database
 */
export async function rewriteFile(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const { DatabaseSync } = await import('node:sqlite');
  // Temporal and FerretDB write double quotes around texts in their schemas.
  using database = new DatabaseSync(file, { enableDoubleQuotedStringLiterals: true });
  database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
}

/** The SQLite files of FerretDB in a directory; none where another server keeps its data. */
export async function sqliteFilesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => name.endsWith('.sqlite')).map((name) => join(directory, name));
}
