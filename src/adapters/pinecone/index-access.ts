import type { Index } from '@pinecone-database/pinecone';
import { type ChunkId, idPattern, type ProjectId } from '../../domain/shared/ids.ts';
import type { EndUserTenant } from '../../ports/library/passage-retriever.ts';
import type { IndexAccess } from '../../ports/library/search-indexes.ts';
import { call, connect, ignoringMissing } from './client.ts';
import { createPassageRetriever, type RetrieverOptions } from './passage-retriever.ts';
import { namespaceOf, ownerOf } from './record.ts';

/** One build of the index, with what a rebuild needs to know of it. */
export function openIndex(options: RetrieverOptions & { generation: string }): IndexAccess {
  const { generation } = options;
  const { dense, sparse } = connect(options);
  const indexes = [dense, sparse];
  return {
    ...createPassageRetriever(options),

    async counts() {
      const [inDense, inSparse] = await Promise.all([countsOf(dense), countsOf(sparse)]);
      return [...new Set([...inDense.keys(), ...inSparse.keys()])].flatMap((namespace) => {
        const owner = ownerOf(namespace);
        if (owner === null || owner.generation !== generation) return [];
        const passages = Math.min(inDense.get(namespace) ?? 0, inSparse.get(namespace) ?? 0);
        return [{ tenant: owner.tenant, passages }];
      });
    },

    async ids(tenant) {
      const namespace = namespaceOf(tenant, generation);
      const [inDense, inSparse] = await Promise.all([idsIn(dense, namespace), idsIn(sparse, namespace)]);
      return {
        any: new Set([...inDense, ...inSparse]),
        both: new Set([...inDense].filter((id) => inSparse.has(id))),
      };
    },

    async drop(projectId) {
      for (const index of indexes) {
        for (const namespace of (await countsOf(index)).keys()) {
          const owner = ownerOf(namespace);
          if (owner === null || owner.generation !== generation || !isOf(owner.tenant, projectId)) continue;
          await ignoringMissing(() => index.deleteNamespace(namespace));
        }
      }
    },
  };
}

function isOf(tenant: EndUserTenant, projectId: ProjectId | null): boolean {
  return projectId === null || tenant.projectId === projectId;
}

/** How many records each namespace of an index holds. */
export async function countsOf(index: Index): Promise<Map<string, number>> {
  const { namespaces = {} } = await call(() => index.describeIndexStats());
  return new Map(Object.entries(namespaces).map(([name, { recordCount }]) => [name, recordCount]));
}

/** The ids of all records of a namespace. */
export async function idsIn(index: Index, namespace: string): Promise<Set<ChunkId>> {
  const ids = new Set<ChunkId>();
  for (let paginationToken: string | undefined; ; ) {
    const page = await call(() => index.listPaginated({ namespace, ...(paginationToken && { paginationToken }) }));
    for (const { id } of page.vectors ?? []) if (isChunkId(id)) ids.add(id);
    paginationToken = page.pagination?.next;
    if (paginationToken === undefined) return ids;
  }
}

const CHUNK_ID = idPattern('chk');
function isChunkId(id: string | undefined): id is ChunkId {
  return id !== undefined && CHUNK_ID.test(id);
}
