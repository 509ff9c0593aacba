import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A file of gigabytes takes longer, and then starts unchecked. */
const MOST_MS = 20_000;
const DAMAGED = 3;
const program = fileURLToPath(
  new URL(`./read-database${import.meta.filename.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

/**
 * Reads a SQLite file once, before its server starts: a damaged one would answer some questions and fail others.
 * @param remedy what to do about a damaged one
 * @throws when it is damaged; nothing where there is none yet, or Node cannot read it
 */
export async function checkDatabase(file: string, remedy: string): Promise<void> {
  try {
    await access(file);
  } catch {
    return;
  }
  const damage = await new Promise<string | null>((resolve) => {
    const child = execFile(process.execPath, ['--no-warnings', program, file], { timeout: MOST_MS }, (_, stdout) =>
      resolve(child.exitCode === DAMAGED ? stdout.trim() : null),
    );
  });
  if (damage !== null) throw new Error(`${file} is damaged: ${damage}. ${remedy}`);
}
