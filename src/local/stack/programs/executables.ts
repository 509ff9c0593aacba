import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first executable of this name in the directories of `path` (the form of the PATH variable); null when none. */
export async function findOnPath(name: string, path: string): Promise<string | null> {
  const directories = path.split(delimiter).filter((directory) => directory !== '');
  for (const directory of directories) {
    const file = join(directory, process.platform === 'win32' ? `${name}.exe` : name);
    if (await isExecutable(file)) return file;
  }
  return null;
}

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** What `file args…` prints, for asking a program its version. @throws when it fails or takes more than 10 s. */
export async function outputOf(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(file, args, { timeout: 10_000 });
  return stdout.trim();
}
