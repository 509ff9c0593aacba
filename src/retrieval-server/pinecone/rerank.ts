import type { z } from 'zod';
import { wordsOf } from '../../domain/shared/words.ts';
import { queryWords, stemOf } from '../search/query-words.ts';
import type { rerankSchema } from './protocol.ts';

/** Stands in for a hosted reranker. The score of a document is the share of the question's words that it contains. */
export function rerank(request: z.infer<typeof rerankSchema>) {
  const { model, query, documents, top_n, return_documents, rank_fields } = request;
  const [field = ''] = rank_fields;
  const wanted = queryWords(query).map(stemOf);
  const ranked = documents
    .map((document, index) => ({ index, score: share(wanted, String(document[field] ?? '')), document }))
    .sort((a, b) => b.score - a.score)
    .slice(0, top_n);
  const data = ranked.map(({ index, score, document }) => ({
    index,
    score,
    ...(return_documents ? { document } : {}),
  }));
  return { model, data, usage: { rerank_units: 1 } };
}

function share(wanted: string[], text: string): number {
  const stems = new Set(wordsOf(text).map(stemOf));
  return wanted.filter((stem) => stems.has(stem)).length / Math.max(1, wanted.length);
}
