import { z } from 'zod';
import { startPineconeSandbox } from './retrieval-server.ts';
import { syntheticEmbedder } from './synthetic-embedder.ts';

/** The local index as a process that a test may kill: directory in, settings out over IPC. It tells its memory when asked. */
const [, , dir = '', model] = process.argv;
const { settings } = await startPineconeSandbox({
  dir,
  ...(model === 'synthetic' ? { embedders: [syntheticEmbedder()] } : {}),
});
process.send?.(settings);
process.on('message', (asked) => {
  if (z.literal('memory').safeParse(asked).success) process.send?.({ mb: process.memoryUsage.rss() / 2 ** 20 });
});
process.once('disconnect', () => process.exit(0));
