import { z } from 'zod';
import { startPineconeSandbox } from './retrieval-server.ts';
import { syntheticEmbedder } from './synthetic-embedder.ts';
import { testEmbedders } from './test-embedders.ts';

/**
 * The local index as a process that a test may kill: directory in, address and settings out over IPC. Asked for its usage, it tells what
 * memory and processor time it has taken; asked for that beside the model, it loads the real model first.
 */
const [, , dir = '', model] = process.argv;
const { url, settings } = await startPineconeSandbox({
  dir,
  ...(model === 'synthetic' ? { embedders: [syntheticEmbedder()] } : {}),
});
process.send?.({ url, ...settings });
process.on('message', async (said) => {
  const asked = z.enum(['usage', 'usage beside the model']).safeParse(said).data;
  if (asked === undefined) return;
  if (asked === 'usage beside the model')
    for (const embedder of await testEmbedders()) await embedder.embed(['a text'], 'question');
  const { user, system } = process.cpuUsage();
  process.send?.({ memoryMb: process.memoryUsage.rss() / 2 ** 20, cpuSeconds: (user + system) / 1e6 });
});
process.once('disconnect', () => process.exit(0));
