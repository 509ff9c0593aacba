import { setTimeout } from 'node:timers/promises';
import type { Chunk } from '../../../src/domain/library/chunk.ts';
import type { EndUserTenant, PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';

/** Brings the chunks into the index, and waits until it has embedded them. */
export async function fillIndex(
  retriever: PassageRetriever,
  { tenant, chunks }: { tenant: EndUserTenant; chunks: readonly Chunk[] },
): Promise<void> {
  for (let from = 0; from < chunks.length; from += 480) await retriever.upsert(tenant, chunks.slice(from, from + 480));
  const ids = chunks.map(({ id }) => id);
  while ((await retriever.missing(tenant, ids)).length > 0) await setTimeout(50);
}
