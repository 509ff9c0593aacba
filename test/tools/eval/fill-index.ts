import { setTimeout } from 'node:timers/promises';
import type { Chunk } from '../../../src/domain/library/chunk.ts';
import type { EndUserTenant, PassageRetriever } from '../../../src/ports/library/passage-retriever.ts';

/** Chunks that are sent and looked for at once. */
const PART = 480;

/** Brings the chunks into the index, and waits until it has embedded them. */
export async function fillIndex(
  retriever: PassageRetriever,
  { tenant, chunks }: { tenant: EndUserTenant; chunks: readonly Chunk[] },
): Promise<void> {
  const parts = Array.from({ length: Math.ceil(chunks.length / PART) }, (_, i) =>
    chunks.slice(i * PART, (i + 1) * PART),
  );
  for (const part of parts) await retriever.upsert(tenant, part);
  for (const part of parts) {
    const ids = part.map(({ id }) => id);
    while ((await retriever.missing(tenant, ids)).length > 0) await setTimeout(50);
  }
}
