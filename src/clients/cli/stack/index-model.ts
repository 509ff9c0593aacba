import { z } from 'zod';
import { INDEX_TARGETS, type IndexTarget } from '../../../domain/library/search-index.ts';

const WITHIN_MS = 3_000;

const modelSchema = z.object({
  model: z.string(),
  source: z.string(),
  pending: z.number(),
  failing: z.string().nullable(),
});
export type IndexModel = z.infer<typeof modelSchema>;

/** The model of the stack's local index; null where there is none, or it does not answer. */
export async function loadIndexModel(sandbox: string | null): Promise<IndexModel | null> {
  if (sandbox === null) return null;
  try {
    const headers = { 'api-key': 'sandbox' };
    const response = await fetch(`${sandbox}/model`, { headers, signal: AbortSignal.timeout(WITHIN_MS) });
    return modelSchema.parse(await response.json());
  } catch {
    return null;
  }
}

const HASHED_WORDS = 'hashed words; no embedding model can be had, so searches find less';

/** `all-MiniLM-L6-v2-q/w100`, and what people must know of it. */
export function describeIndexModel({ model, source, pending, failing }: IndexModel): string {
  const waiting = pending === 0 ? '' : `; ${pending} passages wait to be embedded`;
  const failure = failing === null ? '' : `; ${failing}`;
  return `${source === 'none' ? HASHED_WORDS : model}${waiting}${failure}`;
}

const readiness = z.object({ search: z.object({ index: z.enum(INDEX_TARGETS), hashed_words: z.boolean() }) });
const INDEX_NAMES: Record<IndexTarget, string> = { local: 'local index', pinecone: 'Pinecone' };

/** The same of a service elsewhere, which names no model. null where it does not tell. @param said the body of its `/readyz` */
export function describeRemoteIndex(said: unknown): string | null {
  const search = readiness.safeParse(said).data?.search;
  if (search === undefined) return null;
  return search.hashed_words ? HASHED_WORDS : INDEX_NAMES[search.index];
}
