import { isFloat32Array } from 'node:util/types';
import { z } from 'zod';

/** What the thread is started with. */
export const threadDataSchema = z.object({ model: z.string(), tokenizer: z.string(), threads: z.number() });
export type ThreadData = z.infer<typeof threadDataSchema>;

export const orderSchema = z.object({ texts: z.array(z.string()) });

const vector = z.custom<Float32Array>(isFloat32Array);
/** Its answer to an order. */
export const answerSchema = z.union([z.object({ vectors: z.array(vector) }), z.object({ failure: z.string() })]);
export type Answer = z.infer<typeof answerSchema>;
