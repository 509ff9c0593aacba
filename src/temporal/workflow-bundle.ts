import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, type WorkflowBundlePath } from '@temporalio/worker';
import sdk from '@temporalio/worker/package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The workflow code as one file, built once for each state of the sources and of the SDK: bundling takes seconds, and a
 * bundle must come from the SDK version that runs it.
 */
export async function workflowBundle(
  cacheDir: string,
  { failureConverterPath }: DataConverter = {},
): Promise<WorkflowBundlePath> {
  const codePath = join(cacheDir, `workflows-${await fingerprint(failureConverterPath)}.js`);
  if (!existsSync(codePath)) {
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(ROOT, 'workflows', entryName()),
      ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
    });
    await mkdir(cacheDir, { recursive: true });
    // Written aside and renamed: another worker may be starting at the same time.
    const draft = `${codePath}.${process.pid}`;
    await writeFile(draft, code);
    await rename(draft, codePath);
  }
  return { codePath };
}

/** The compiled form in an image, the TypeScript source elsewhere. */
function entryName(): string {
  return `index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
}

async function fingerprint(failureConverterPath: string | undefined): Promise<string> {
  const hash = createHash('sha256').update(sdk.version);
  for (const file of await sourceFiles()) hash.update(file).update(await readFile(join(ROOT, file)));
  if (failureConverterPath !== undefined) hash.update(await readFile(failureConverterPath));
  return hash.digest('hex').slice(0, 16);
}

async function sourceFiles(): Promise<string[]> {
  const extension = import.meta.url.slice(-3);
  const folders = await Promise.all(
    ['workflows', 'src/domain'].map(async (folder) =>
      (await readdir(join(ROOT, folder))).filter((name) => name.endsWith(extension)).map((name) => join(folder, name)),
    ),
  );
  return [...folders.flat(), `src/failures${extension}`].sort();
}
