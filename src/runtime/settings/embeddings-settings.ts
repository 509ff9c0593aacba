import { z } from 'zod';

const text = z.string().min(1).optional();

/** The embedding model of the local index. */
export const embeddingsSettings = {
  /** A server that speaks OpenAI's `/embeddings`, and its model. Unset: the model of this service. */
  EMBEDDINGS_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://localhost:11434/v1' })
    .optional(),
  EMBEDDINGS_MODEL: text,
  EMBEDDINGS_API_KEY: text,
  /** A folder with `model.onnx` and `tokenizer.json`. Unset: they are downloaded once. */
  EMBEDDINGS_DIR: text,
};

type Given = Partial<Record<keyof typeof embeddingsSettings, string | undefined>> & { RETRIEVAL?: string | undefined };

const NEEDS_URL = 'means nothing without EMBEDDINGS_BASE_URL';
const NEEDS_LOCAL = 'belongs to the local index; RETRIEVAL is pinecone';

/** Refuses settings that mean nothing without each other, or beside each other. */
export function areEmbeddingsWhole(given: Given, context: z.RefinementCtx): void {
  const refuse = (name: keyof Given, message: string) => context.addIssue({ code: 'custom', path: [name], message });
  const { EMBEDDINGS_BASE_URL: url, EMBEDDINGS_MODEL: model, EMBEDDINGS_API_KEY: key, EMBEDDINGS_DIR: dir } = given;
  if (url !== undefined && model === undefined) refuse('EMBEDDINGS_MODEL', 'is not set; name a model of that server');
  if (url === undefined && model !== undefined) refuse('EMBEDDINGS_MODEL', NEEDS_URL);
  if (url === undefined && key !== undefined) refuse('EMBEDDINGS_API_KEY', NEEDS_URL);
  if (url !== undefined && dir !== undefined) refuse('EMBEDDINGS_DIR', 'stands beside EMBEDDINGS_BASE_URL; set one');
  if (given.RETRIEVAL !== 'pinecone') return;
  if (url !== undefined) refuse('EMBEDDINGS_BASE_URL', NEEDS_LOCAL);
  if (dir !== undefined) refuse('EMBEDDINGS_DIR', NEEDS_LOCAL);
}
