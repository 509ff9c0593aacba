import { z } from 'zod';
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
});
