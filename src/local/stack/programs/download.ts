import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isExecutable } from './executables.ts';
import type { Choice } from './locate.ts';

const ANSWER_WITHIN_MS = 3_000;

/**
 * Asks first whether the host answers, because a download library may retry for long in a closed network.
 * @throws Error naming the host when it does not answer within seconds
 */
export async function assertReachable(url: string): Promise<void> {
  await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => {
    throw new Error(`${new URL(url).host} does not answer`);
  });
}

/**
 * The download of the dev server by the Temporal SDK. The SDK only offers it as the start of a test environment, which leaves
 * the program in the given directory. The package is a development one: an installation without it has no embedded stack.
 */
export function temporalDownload(version: string, cache: string): Choice {
  return {
    name: "the SDK's download",
    find: async (report) => {
      const file = join(cache, 'temporal-downloaded');
      if (await isExecutable(file)) return file;
      await assertReachable('https://temporal.download/');
      report(`downloading the Temporal CLI ${version}`);
      const directory = await mkdtemp(join(cache, 'download-'));
      try {
        const { TestWorkflowEnvironment } = await import('@temporalio/testing');
        const executable = { type: 'cached-download', version, downloadDir: directory } as const;
        const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
        await environment.teardown();
        const [program] = await readdir(directory);
        if (program === undefined) throw new Error('the download left no program');
        await rename(join(directory, program), file);
        return file;
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

/** mongodb-memory-server's download of `mongod`. */
export function mongodDownload(version: string, cache: string): Choice {
  return {
    name: "mongodb-memory-server's download",
    find: async (report) => {
      const { MongoBinary, DryMongoBinary } = await import('mongodb-memory-server-core');
      const options = { version, downloadDir: cache };
      const earlier = await DryMongoBinary.locateBinary(options);
      if (earlier !== undefined) return earlier;
      await assertReachable('https://fastdl.mongodb.org/');
      report(`downloading MongoDB ${version}`);
      return MongoBinary.getPath(options);
    },
  };
}
