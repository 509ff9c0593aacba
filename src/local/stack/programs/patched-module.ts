import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** A change of a Go module that `stack/` pins. */
export interface ModulePatch {
  module: string;
  /** Files that it gains: where they go -> where they stand in `stack/`. */
  added: Record<string, string>;
  /** What is replaced in its own files; each text stands there once. */
  replaced: readonly { file: string; from: string; to: string }[];
}

/** Folders of the module that no program is built from. */
const LEFT_OUT = /(^|\/)(cmd|website|integration|testdata)(\/|$)|_test\.go$/;

/**
 * Copies a module with its patch. The copy of Go's own cache must not be written to.
 * @param from the module in Go's cache
 * @param stack the folder `stack/`
 * @throws when a text that is to be replaced is not there, as after another version was pinned
 */
export async function copyPatched(patch: ModulePatch, from: string, to: string, stack: string): Promise<void> {
  const missing = new Set(patch.replaced);
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const file = relative(from, join(entry.parentPath, entry.name));
    if (!entry.isFile() || LEFT_OUT.test(file)) continue;
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true });
    let text = await readFile(join(from, file), 'utf8');
    for (const change of patch.replaced.filter((each) => each.file === file)) {
      if (text.split(change.from).length !== 2) throw new Error(`the patch does not fit ${file} of ${patch.module}`);
      text = text.replace(change.from, () => change.to);
      missing.delete(change);
    }
    await writeFile(target, text);
  }
  for (const { file } of missing) throw new Error(`${patch.module} has no ${file}`);
  for (const [file, source] of Object.entries(patch.added))
    await writeFile(join(to, file), await readFile(join(stack, source)));
}
