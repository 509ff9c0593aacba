import { z } from 'zod';
import { type Counts, count } from '../lib/reply/counts.ts';
import type { Piece } from '../lib/reply/reply-piece.ts';

const text = z.string().optional().catch(undefined);
const part = z
  .object({ text, thought: z.boolean().optional().catch(undefined) })
  .optional()
  .catch(undefined);
const content = z
  .object({ parts: z.array(part).optional().catch(undefined) })
  .optional()
  .catch(undefined);
const candidate = z.object({ index: z.number().optional().catch(undefined), finishReason: text, content });
const usage = z
  .object({
    promptTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
    cachedContentTokenCount: count,
    totalTokenCount: count,
  })
  .optional()
  .catch(undefined);
const response = z.object({
  modelVersion: text,
  promptFeedback: z.object({ blockReason: text }).optional().catch(undefined),
  candidates: z.array(candidate).optional().catch(undefined),
  usageMetadata: usage,
});

/** A reply of Gemini, or a chunk of a streamed one: the two have one shape, in which everything may be missing. */
export function readGeminiPiece(document: unknown): Piece | null {
  const parsed = response.safeParse(inGeminisNames(document));
  if (!parsed.success) return null;
  const { modelVersion, promptFeedback, candidates, usageMetadata } = parsed.data;
  if (candidates === undefined && promptFeedback === undefined && usageMetadata === undefined) return null;
  const first = candidates?.find(({ index }) => (index ?? 0) === 0);
  const parts = first?.content?.parts ?? [];
  return {
    text: parts.map((each) => (each?.thought ? '' : (each?.text ?? ''))).join(''),
    thinksApart: parts.some((each) => each?.thought === true),
    finish: promptFeedback?.blockReason && !first ? 'prohibited_content' : first?.finishReason,
    model: modelVersion,
    counts: countsOf(usageMetadata),
  };
}

const fields = z.record(z.string(), z.unknown());

/** Gateways wrap a reply in `response`, or write its names with underscores. */
function inGeminisNames(document: unknown): unknown {
  const { response: inner = document } = fields.safeParse(document).data ?? {};
  return withoutUnderscores(inner);
}

function withoutUnderscores(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnderscores);
  const known = fields.safeParse(value).data;
  if (known === undefined) return value;
  return Object.fromEntries(Object.entries(known).map(([name, each]) => [inCamelCase(name), withoutUnderscores(each)]));
}

function inCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function countsOf(counted: z.infer<typeof usage>): Counts | undefined {
  if (counted === undefined) return undefined;
  const { candidatesTokenCount = 0, thoughtsTokenCount = 0 } = counted;
  return {
    input: counted.promptTokenCount,
    // Thinking is paid as output but not counted among the candidates' tokens.
    output: candidatesTokenCount + thoughtsTokenCount,
    cached: counted.cachedContentTokenCount,
    total: counted.totalTokenCount,
  };
}
