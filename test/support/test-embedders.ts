import type { Embedder } from '../../src/retrieval-server/embeddings/embedder.ts';
import { embeddersFromSettings } from '../../src/retrieval-server/embeddings/from-settings.ts';
import { cacheHome } from '../../src/runtime/cache-home.ts';
import { loadConfig } from '../../src/runtime/config.ts';

/** The real embedding model, brought into the cache once for all runs; none on a machine without any source of it. */
export function testEmbedders(): Promise<Embedder[]> {
  const config = loadConfig();
  return embeddersFromSettings(config, cacheHome(config.XDG_CACHE_HOME), () => {});
}
