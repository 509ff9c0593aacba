import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../../src/local/sandbox-models/server.ts';
import { testEmbedders } from './test-embedders.ts';

/** A sandbox of one's own on a free port; its directory goes with it. */
export async function startSandbox(): Promise<Sandbox> {
  const dir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const { url, close } = await createSandbox({ port: 0, dir, embedders: await testEmbedders() });
  return {
    url,
    async close() {
      await close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
