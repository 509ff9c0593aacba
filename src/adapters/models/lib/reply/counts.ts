import { z } from 'zod';
import type { TokenUsage } from '../../../../domain/ask/message.ts';

/** Tokens as far as a server counted them. */
export interface Counts {
  input?: number | undefined;
  /** Input that `input` leaves out. */
  besides?: number | undefined;
  output?: number | undefined;
  /** The part of the input that came from a cache. */
  cached?: number | undefined;
  total?: number | undefined;
}

/** A count of a reply: a number, or its digits; undefined for anything else. */
export const count = z
  .union([
    z.number().nonnegative(),
    z
      .string()
      .regex(/^\d+$/)
      .transform((digits) => Number(digits)),
  ])
  .optional()
  .catch(undefined);

/** The counts with later ones on top. Zero is what servers say before they have counted. */
export function mergeCounts(counts: Counts, later: Counts): Counts {
  const known = Object.entries(later).filter(([, value]) => value !== undefined && value > 0);
  return { ...counts, ...Object.fromEntries(known) };
}

/** The tokens of a reply; what the server did not count is estimated, and marked so. */
export function usageOf(counts: Counts, estimate: { input: () => number; output: () => number }): TokenUsage {
  const { input, besides = 0, output, cached = 0, total } = counts;
  const counted = { input: (input ?? 0) + besides, output: output ?? 0 };
  if (counted.input > 0 && counted.output > 0) return { ...counted, cached: Math.min(cached, counted.input) };
  const said = counted.output > 0 ? counted.output : estimate.output();
  const asked = counted.input > 0 ? counted.input : fromTotal(total, said) || estimate.input();
  return { input: asked, output: said, cached: Math.min(cached, asked), estimated: true };
}

/** Whether the server counted the tokens of the prompt. */
export function hasInput({ input = 0, besides = 0 }: Counts): boolean {
  return input + besides > 0;
}

function fromTotal(total: number | undefined, output: number): number {
  return Math.max((total ?? 0) - output, 0);
}
