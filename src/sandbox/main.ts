import { z } from 'zod';
import { createSandbox } from './server.ts';

/**
 * The sandbox as a process of its own: `SANDBOX_PORT` (0 for a free one), `SANDBOX_DIR` for what it keeps. It ends with its
 * parent, which gets `{url}` over IPC once the sandbox listens.
 */
const settings = z
  .object({ SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(0), SANDBOX_DIR: z.string().min(1) })
  .parse(process.env);

const sandbox = await createSandbox({ port: settings.SANDBOX_PORT, dir: settings.SANDBOX_DIR });

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
process.once('disconnect', stop);
process.send?.({ url: sandbox.url });

async function stop(): Promise<void> {
  await sandbox.close();
  process.exit(0);
}
