import { readFileSync } from 'node:fs';
import { isFloat32Array } from 'node:util/types';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { type Answer, orderSchema, threadDataSchema } from './model-messages.ts';

/** The thread that holds the model: it embeds the texts of one order after another. */
const { model, tokenizer: tokenizerFile, threads } = threadDataSchema.parse(workerData);
/** Tokens that the model reads of a text. */
const MOST_TOKENS = 512;

const tokenizer = new Tokenizer(z.looseObject({}).parse(JSON.parse(readFileSync(tokenizerFile, 'utf8'))), {});
const session = InferenceSession.create(model, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  // Threads that wait must not take the processor from the rest of the service.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

parentPort?.on('message', async (order: unknown) => {
  const answer: Answer = await embed(orderSchema.parse(order).texts).then(
    (vectors) => ({ vectors }),
    (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
  );
  parentPort?.postMessage(answer);
});

/** Embeds one text after another. On a CPU a batch saves less than its padding costs. */
async function embed(texts: readonly string[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(await embedOne(text));
  return vectors;
}

async function embedOne(text: string): Promise<Float32Array> {
  const { ids } = tokenizer.encode(text);
  const kept = ids.length > MOST_TOKENS ? [...ids.slice(0, MOST_TOKENS - 1), ids.at(-1) ?? 0] : ids;
  const tensor = (value: (token: number) => bigint) =>
    new Tensor('int64', BigInt64Array.from(kept, value), [1, kept.length]);
  const loaded = await session;
  const found = await loaded.run({
    input_ids: tensor((token) => BigInt(token)),
    attention_mask: tensor(() => 1n),
    token_type_ids: tensor(() => 0n),
  });
  const [output] = Object.values(found);
  if (output === undefined || !isFloat32Array(output.data)) throw new Error('The model gave no vectors.');
  return meanOf(output.data, kept.length);
}

/** One vector for a text from those of its tokens, which follow one another. */
function meanOf(vectors: Float32Array, tokens: number): Float32Array {
  const mean = new Float32Array(vectors.length / tokens);
  for (const [i, value] of vectors.entries()) {
    const at = i % mean.length;
    mean[at] = (mean[at] as number) + value / tokens;
  }
  return mean;
}
