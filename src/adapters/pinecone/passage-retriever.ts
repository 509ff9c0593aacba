import type { Index, Pinecone } from '@pinecone-database/pinecone';
import type { Scored } from '../../domain/answering/ranking/candidate.ts';
import { fuse, weightOfWords } from '../../domain/answering/ranking/fuse-lists.ts';
import { preferSpeakers } from '../../domain/answering/ranking/prefer-speakers.ts';
import { select } from '../../domain/answering/ranking/select-passages.ts';
import { supportNeighbours } from '../../domain/answering/ranking/support-neighbours.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { ChunkId } from '../../domain/shared/ids.ts';
import type { EndUserTenant, PassageQuery, PassageRetriever } from '../../ports/library/passage-retriever.ts';
import { call, connect, ignoringMissing, type PineconeSettings } from './client.ts';
import { filterOf } from './filter.ts';
import { batchesOf, HIT_FIELDS, hitsSchema, type IndexHit, namespaceOf, recordOf, TEXT_FIELD } from './record.ts';

export interface RetrieverOptions extends PineconeSettings {
  /** Of the build of the index, which has namespaces of its own; default: the first one. */
  generation?: string;
  /** A hosted reranker, such as `bge-reranker-v2-m3`; none unless given. */
  rerankModel?: string;
  /** The score that the best hit of the dense index must reach; below it, all hits are noise. It depends on the index's model. */
  minDenseScore: number;
  /** Which indexes are asked; to compare them with each other. */
  legs?: readonly Leg[];
}

type Leg = 'dense' | 'sparse';

/** How deep each list is read before fusion. */
const CANDIDATES = 100;
const RERANKED = 50;
/** The score that a reranker gives a passage that has nothing to do with the question. */
const MIN_RERANK_SCORE = 0.01;
const IDS_A_FETCH = 100;
const IDS_A_DELETE = 1_000;

/** Passages in a dense and a sparse Pinecone index, through the SDK. */
export function createPassageRetriever(options: RetrieverOptions): PassageRetriever {
  const { client, dense, sparse } = connect(options);
  const indexes = [dense, sparse];
  const { legs = ['dense', 'sparse'], minDenseScore, rerankModel, generation = '' } = options;
  const namespaceFor = (tenant: EndUserTenant) => namespaceOf(tenant, generation);
  const lists = {
    dense: async (search: LegSearch) => {
      const found = await hits(dense, search);
      return (found[0]?.indexScore ?? 0) >= minDenseScore ? found : [];
    },
    sparse: (search: LegSearch) => hits(sparse, search),
  };
  const onBoth = (action: (index: Index) => Promise<void>) => Promise.all(indexes.map(action));

  return {
    async search(tenant, query) {
      const searches = query.texts.map(async (text) => {
        const found = await Promise.all(
          legs.map((leg) => lists[leg]({ namespace: namespaceFor(tenant), query, text })),
        );
        const words = weightOfWords(text, found[legs.indexOf('sparse')] ?? []);
        const weights = legs.length === 1 ? { dense: 1, sparse: 1 } : { dense: 1 - words, sparse: words };
        return legs.map((leg, i) => listOf(leg, found[i] ?? [], weights[leg]));
      });
      const searched = (await Promise.all(searches)).flat();
      const fused = supportNeighbours(preferSpeakers(query.texts[0] ?? '', fuse(searched)));
      const ranked = rerankModel ? await rerank(client, rerankModel, query, fused) : fused;
      const [inDense, inSparse] = (['dense', 'sparse'] as const).map((of) =>
        bestScores(searched.filter(({ leg }) => leg === of).flatMap(({ found }) => found)),
      );
      return select(ranked, query.limit).map(({ id, recordingId, score }) => ({
        chunkId: id,
        recordingId,
        score,
        dense: inDense?.get(id) ?? null,
        sparse: inSparse?.get(id) ?? null,
      }));
    },

    async upsert(tenant, chunks) {
      const namespace = namespaceFor(tenant);
      const batches = batchesOf(chunks.map(recordOf));
      await onBoth(async (index) => {
        for (const records of batches) await call(() => index.upsertRecords({ records, namespace }));
      });
    },

    async missing(tenant, ids) {
      const served = await Promise.all(indexes.map((index) => servedIds(index, namespaceFor(tenant), ids)));
      return ids.filter((id) => !served.every((found) => found.has(id)));
    },

    async remove(tenant, ids) {
      const namespace = namespaceFor(tenant);
      await onBoth(async (index) => {
        for (const part of inParts(ids, IDS_A_DELETE))
          await ignoringMissing(() => index.deleteMany({ ids: part, namespace }));
      });
    },

    async removeAll(tenant) {
      await onBoth((index) => ignoringMissing(() => index.deleteNamespace(namespaceFor(tenant))));
    },
  };
}

interface LegSearch {
  namespace: string;
  query: PassageQuery;
  text: string;
}

/** All cosines are high, so that of the last hit is the least; a passage without the question's words scores 0. */
function listOf(leg: Leg, found: IndexHit[], weight: number) {
  return { leg, found, weight, leastScore: leg === 'dense' ? (found.at(-1)?.indexScore ?? 0) : 0 };
}

/** The best score of each passage among the lists of one index. */
function bestScores(found: readonly IndexHit[]): Map<ChunkId, number> {
  const best = new Map<ChunkId, number>();
  for (const { id, indexScore } of found) best.set(id, Math.max(indexScore, best.get(id) ?? indexScore));
  return best;
}

async function hits(index: Index, { namespace, query, text }: LegSearch): Promise<IndexHit[]> {
  const filter = filterOf(query);
  const found = await call(() =>
    index.searchRecords({
      namespace,
      query: { inputs: { text }, topK: CANDIDATES, ...(filter ? { filter } : {}) },
      fields: HIT_FIELDS,
    }),
  );
  const parsed = hitsSchema.safeParse(found);
  if (!parsed.success) throw new AskError('internal_error', 'Pinecone holds a record that this service did not write.');
  return parsed.data;
}

/** The best candidates in the order of a hosted model that reads question and passage together. */
async function rerank(client: Pinecone, model: string, query: PassageQuery, fused: Scored[]): Promise<Scored[]> {
  const candidates = fused.slice(0, RERANKED);
  // The last wording is the fullest: in a follow-up it contains the conversation.
  const question = query.texts.at(-1);
  if (candidates.length === 0 || question === undefined) return [];
  const { data } = await call(() =>
    client.inference.rerank({
      model,
      query: question,
      documents: candidates.map(({ text }) => ({ [TEXT_FIELD]: text })),
      rankFields: [TEXT_FIELD],
      returnDocuments: false,
    }),
  );
  return data.flatMap(({ index, score }) => {
    const candidate = candidates[index];
    return candidate && score >= MIN_RERANK_SCORE ? [{ ...candidate, score: Math.min(1, score) }] : [];
  });
}

async function servedIds(index: Index, namespace: string, ids: readonly ChunkId[]): Promise<Set<string>> {
  const pages = await Promise.all(
    inParts(ids, IDS_A_FETCH).map((part) => call(() => index.fetch({ ids: part, namespace }))),
  );
  return new Set(pages.flatMap(({ records }) => Object.keys(records)));
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
