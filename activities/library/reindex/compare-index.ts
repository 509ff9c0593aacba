import { chunkIdOf } from '../../../src/domain/library/chunking.ts';
import type { IndexBuild } from '../../../src/domain/library/search-index.ts';
import type { ChunkId, EndUserId, ProjectId } from '../../../src/domain/shared/ids.ts';
import type { IndexedTranscription, IndexedTranscripts } from '../../../src/ports/library/indexed-transcripts.ts';
import type { EndUserTenant } from '../../../src/ports/library/passage-retriever.ts';
import type { IndexAccess } from '../../../src/ports/library/search-indexes.ts';
import { withHeartbeat } from '../../lib/heartbeat.ts';
import type { ChunkRange } from '../index-chunks.ts';
import { everyTranscription } from './every-transcription.ts';
import type { RebuildDependencies } from './rebuild-passages.ts';

export type CompareDependencies = RebuildDependencies & { indexed: IndexedTranscripts };

/** Passages of one part; so many that a step takes seconds. */
const PASSAGES = 192;
/** Parts that one comparison names; what is missing beyond them is found by the next one. */
const MOST_PARTS = 20;

export interface CompareInput {
  projectId: ProjectId | null;
  build: IndexBuild;
  /** Also where the counts agree. */
  byIds: boolean;
}

/**
 * Compares a build of the index with the database: by counts, and by ids where an end user's counts differ. What belongs to
 * nothing any more is removed. @returns what is missing
 */
export function compareIndex(deps: CompareDependencies, { heartbeat }: { heartbeat(): void }) {
  return (input: CompareInput): Promise<{ missing: ChunkRange[] }> =>
    withHeartbeat(heartbeat, () => compare(deps, input));
}

async function compare(
  deps: CompareDependencies,
  { projectId, build, byIds }: CompareInput,
): Promise<{ missing: ChunkRange[] }> {
  const index = deps.indexes.open(build);
  const stored = new Map<EndUserId, { tenant: EndUserTenant; transcripts: IndexedTranscription[] }>();
  for await (const each of everyTranscription(deps.indexed, projectId)) {
    const owner = stored.get(each.tenant.endUserId) ?? { tenant: each.tenant, transcripts: [] };
    owner.transcripts.push(each);
    stored.set(each.tenant.endUserId, owner);
  }
  const counted = (await index.counts()).filter(({ tenant }) => projectId === null || tenant.projectId === projectId);
  const counts = new Map(counted.map(({ tenant, passages }) => [tenant.endUserId, passages]));
  for (const { tenant } of counted)
    if (!stored.has(tenant.endUserId)) stored.set(tenant.endUserId, { tenant, transcripts: [] });

  const missing: ChunkRange[] = [];
  for (const [endUserId, { tenant, transcripts }] of stored) {
    const wanted = transcripts.reduce((sum, { chunkCount }) => sum + (chunkCount ?? 0), 0);
    const isSettled = transcripts.every(({ status }) => status === 'completed');
    if (!byIds && isSettled && wanted === (counts.get(endUserId) ?? 0)) continue;
    missing.push(...(await compareIds(deps, index, tenant, transcripts)));
    if (missing.length >= MOST_PARTS) break;
  }
  return { missing: missing.slice(0, MOST_PARTS) };
}

async function compareIds(
  { digest, transcripts }: CompareDependencies,
  index: IndexAccess,
  tenant: EndUserTenant,
  stored: readonly IndexedTranscription[],
): Promise<ChunkRange[]> {
  const { any, both } = await index.ids(tenant);
  const missing: ChunkRange[] = [];
  for (const { transcriptionId, chunkCount, status } of stored) {
    for (let from = 0; from < (chunkCount ?? 0); from += PASSAGES) {
      const count = Math.min(PASSAGES, (chunkCount ?? 0) - from);
      const ids = Array.from({ length: count }, (_, i) => chunkIdOf(transcriptionId, from + i, digest));
      for (const id of ids) any.delete(id);
      // The import that is under way writes its passages itself.
      if (status === 'completed' && ids.some((id) => !both.has(id)))
        missing.push({ tenant, transcriptionId, from, count });
    }
  }
  const strays = [...any];
  const standing = await stillStanding(transcripts, tenant, strays);
  const gone = strays.filter((id) => !standing.has(id));
  if (gone.length > 0) await index.remove(tenant, gone);
  return missing;
}

/** Passages of an import that began after the transcriptions were listed. A passage is stored before it is indexed. */
async function stillStanding(
  transcripts: CompareDependencies['transcripts'],
  tenant: EndUserTenant,
  ids: readonly ChunkId[],
): Promise<Set<ChunkId>> {
  const chunks = await transcripts.chunks(tenant, ids);
  const replaced = new Map<string, boolean>();
  for (const { transcriptionId } of chunks) {
    if (replaced.has(transcriptionId)) continue;
    const found = await transcripts.find(tenant, transcriptionId);
    replaced.set(transcriptionId, found === null || found.status === 'replaced');
  }
  return new Set(chunks.filter(({ transcriptionId }) => !replaced.get(transcriptionId)).map(({ id }) => id));
}
