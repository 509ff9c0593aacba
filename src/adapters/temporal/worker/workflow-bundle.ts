import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, type WorkflowBundlePath } from '@temporalio/worker';
import sdk from '@temporalio/worker/package.json' with { type: 'json' };
import type { Config } from '../../../runtime/config.ts';
import { WORKFLOW_PRELUDE } from '../../../runtime/tuning.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * The workflow code as one file, built once for each state of the sources and of the SDK: bundling takes seconds, and a
 * bundle must come from the SDK version that runs it.
 */
export async function workflowBundle(
  cacheDir: string,
  { failureConverterPath }: DataConverter = {},
  interceptors: readonly string[] = [],
  { stackTraces = false } = {},
): Promise<WorkflowBundlePath> {
  const prelude = stackTraces ? '' : WORKFLOW_PRELUDE;
  const built = [...(failureConverterPath === undefined ? [] : [failureConverterPath]), ...interceptors];
  const codePath = join(cacheDir, `workflows-${await fingerprint(built, prelude)}.js`);
  if (!existsSync(codePath)) {
    const workflowsPath = join(ROOT, 'workflows', entryName());
    const { code } = await bundleWorkflowCode({
      workflowsPath,
      // Loaded once a worker and not once a session, which is a quarter of a session's memory; none of them keeps state.
      preloadModules: [workflowsPath],
      ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
      workflowInterceptorModules: [...interceptors],
    });
    await mkdir(cacheDir, { recursive: true });
    // Written aside and renamed: another worker may be starting at the same time.
    const draft = `${codePath}.${process.pid}`;
    await writeFile(draft, prelude + code);
    await rename(draft, codePath);
  }
  return { codePath };
}

/** The compiled form in an image, the TypeScript source elsewhere. */
function entryName(): string {
  return `index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
}

const LOG_CONTEXT = fileURLToPath(new URL(`./workflow-log-context${import.meta.url.slice(-3)}`, import.meta.url));

/** Modules that go into the bundle beside the workflows; those of traces only where traces are sent. */
export function workflowInterceptors({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
}: Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT'>): string[] {
  if (endpoint === undefined) return [LOG_CONTEXT];
  return [
    LOG_CONTEXT,
    createRequire(import.meta.url).resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors'),
  ];
}

/** @param built modules that this bundle has beside the workflows. */
async function fingerprint(built: readonly string[], prelude: string): Promise<string> {
  const hash = createHash('sha256').update(sdk.version).update(prelude);
  for (const file of await sourceFiles()) hash.update(file).update(await readFile(join(ROOT, file)));
  for (const module of built) hash.update(await readFile(module));
  return hash.digest('hex').slice(0, 16);
}

async function sourceFiles(): Promise<string[]> {
  const extension = import.meta.url.slice(-3);
  const folders = await Promise.all(
    ['workflows', 'src/domain'].map(async (folder) =>
      (await readdir(join(ROOT, folder), { recursive: true }))
        .filter((name) => name.endsWith(extension))
        .map((name) => join(folder, name)),
    ),
  );
  const header = join('src/adapters/temporal/worker', `turn-facts${extension}`);
  return [...folders.flat(), header].sort();
}
