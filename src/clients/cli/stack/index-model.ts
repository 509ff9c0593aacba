import { z } from 'zod';

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

/** `all-MiniLM-L6-v2-q/w100`, and what people must know of it. */
export function describeIndexModel({ model, source, pending, failing }: IndexModel): string {
  const waiting = pending === 0 ? '' : `; ${pending} passages wait to be embedded`;
  const failure = failing === null ? '' : `; ${failing}`;
  const none = source === 'none' ? '; no embedding model can be had, so searches find less' : '';
  return `${source === 'none' ? 'hashed words' : model}${none}${waiting}${failure}`;
}
