import type { IndexBuild } from '../../../src/domain/library/search-index.ts';
import { AskError } from '../../../src/domain/shared/errors.ts';
import type { SearchIndexes } from '../../../src/ports/library/search-indexes.ts';
import { withHeartbeat } from '../../lib/heartbeat.ts';
import { type ChunkRange, chunkIds, type IndexDependencies, indexRange, isGone } from '../index-chunks.ts';

export type RebuildDependencies = Omit<IndexDependencies, 'retriever'> & { indexes: SearchIndexes };

export interface RebuildInput {
  build: IndexBuild;
  parts: ChunkRange[];
}

interface Written {
  passages: number;
  tokens: number;
}

/** Where an index did not count them. */
const CHARACTERS_A_TOKEN = 4;

/**
 * Writes passages to the build of the index that is being made. What was deleted in the meantime is taken out of it,
 * whichever attempt wrote it. Idempotent. @returns how much was written, for whoever paces it
 */
export function rebuildPassages(deps: RebuildDependencies, { heartbeat }: { heartbeat(): void }) {
  return (input: RebuildInput): Promise<Written> => withHeartbeat(heartbeat, () => rebuild(deps, input));
}

async function rebuild({ indexes, ...deps }: RebuildDependencies, { build, parts }: RebuildInput): Promise<Written> {
  const retriever = indexes.open(build);
  const written = { passages: 0, tokens: 0 };
  for (const part of parts) {
    written.passages += part.count;
    try {
      for (const chunk of await indexRange({ ...deps, retriever }, part))
        written.tokens += chunk.tokens ?? Math.ceil(chunk.text.length / CHARACTERS_A_TOKEN);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return written;
}

/** Fails, to be retried, until the build serves every passage that still stands. */
export function verifyPassages({ indexes, ...deps }: RebuildDependencies) {
  return async ({ build, parts }: RebuildInput): Promise<void> => {
    const index = indexes.open(build);
    for (const part of parts) {
      const missing = await index.missing(part.tenant, chunkIds(part, deps.digest));
      if (missing.length === 0 || (await isGone(deps, part))) continue;
      throw new AskError('unavailable', `The index does not serve ${missing.length} of ${part.count} passages yet.`);
    }
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof AskError && error.kind === 'not_found';
}
