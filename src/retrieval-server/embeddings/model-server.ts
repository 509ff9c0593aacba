import { z } from 'zod';
import { type Embedder, RefusedText, toUnitLength } from './embedder.ts';

export interface ModelServerSettings {
  /** With `/v1` where the server has it, such as `http://localhost:11434/v1`. */
  baseUrl: string;
  model: string;
  apiKey?: string;
}

const TIMEOUT_MS = 60_000;
const TEXTS_A_REQUEST = 16;
/** The server will never take this text, such as one that is too long for it. */
const REFUSED_STATUS = new Set([400, 413, 422]);

const replySchema = z.object({
  data: z.array(z.object({ index: z.number().int().optional(), embedding: z.array(z.number()).min(1) })),
});

/** A server that speaks OpenAI's `/embeddings`: Ollama, llama.cpp, vLLM, OpenAI. */
export function modelServer({ baseUrl, model, apiKey }: ModelServerSettings): Embedder {
  const url = `${baseUrl.replace(/\/+$/, '')}/embeddings`;
  let dimension: number | undefined;

  async function request(input: readonly string[]): Promise<Float32Array[]> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify({ model, input }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new Error('The embeddings server does not answer.', { cause });
    });
    if (!response.ok) {
      await response.body?.cancel();
      const message = `The embeddings server answers ${response.status}.`;
      throw REFUSED_STATUS.has(response.status) ? new RefusedText(message) : new Error(message);
    }
    const vectors = vectorsIn(await response.json().catch(() => null), input.length);
    for (const { length } of vectors) {
      dimension ??= length;
      if (length !== dimension)
        throw new Error(`The embeddings server gives ${length} numbers for a text, and gave ${dimension} before.`);
    }
    return vectors.map(toUnitLength);
  }

  return {
    model,
    source: 'server',
    minScore: 0,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += TEXTS_A_REQUEST)
        vectors.push(...(await request(texts.slice(from, from + TEXTS_A_REQUEST))));
      return vectors;
    },
    close: async () => {},
  };
}

/** The vectors in the order of the texts. `index` names the text of each, because servers may send them in another order. */
function vectorsIn(reply: unknown, expected: number): Float32Array[] {
  const { data } = replySchema.safeParse(reply).data ?? { data: [] };
  const places = data.map(({ index }, i) => index ?? i);
  if (data.length !== expected || new Set(places).size !== expected || places.some((place) => place >= expected))
    throw new Error(`The embeddings server answers with ${data.length} vectors for ${expected} texts.`);
  return data
    .map(({ embedding }, i) => ({ place: places[i] as number, vector: Float32Array.from(embedding) }))
    .sort((a, b) => a.place - b.place)
    .map(({ vector }) => vector);
}
