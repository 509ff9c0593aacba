import { z } from 'zod';
import { INDEX_TARGETS } from '../../../domain/library/search-index.ts';
import { PROVIDERS } from '../../../domain/shared/provider.ts';

export const providers = z.object({
  data: z.array(
    z.object({
      provider: z.enum(PROVIDERS),
      model: z.string(),
      default: z.boolean().describe('Whether it answers a question of this project that names none.'),
      sandbox: z.boolean().describe('Whether a stand-in answers in its place.'),
      context_tokens: z.int().describe('The context window of the model.'),
    }),
  ),
  search: z
    .object({
      index: z.enum(INDEX_TARGETS),
      model: z.string().nullable().describe('The embedding model of the local index. null for Pinecone.'),
      hashed_words: z
        .boolean()
        .describe('Whether hashed words stand in for an embedding model: searches then find words and hardly meaning.'),
    })
    .nullable()
    .describe('By what passages are found. null where the local index does not answer.'),
});
