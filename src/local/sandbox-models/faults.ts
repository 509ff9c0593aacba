import { z } from 'zod';
import { PROVIDERS, type Provider } from '../../domain/shared/provider.ts';

/** How a model server fails, for the next `times` requests. -1 means until it is cleared. */
export const faultSchema = z.strictObject({
  provider: z.enum(PROVIDERS),
  times: z.number().int().min(-1).default(1),
  /** Wait before the reply, or before the first byte of a streamed one, or before the fault below. */
  delay_ms: z.number().int().nonnegative().optional(),
  /** An HTTP error; its body is the provider's own unless `body` is given, as JSON or as text. */
  status: z.number().int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  /** Close the connection without a reply. */
  drop: z.literal(true).optional(),
  /** Wait before each piece of a streamed reply. */
  chunk_delay_ms: z.number().int().nonnegative().optional(),
  /** A 200 whose body is no JSON; in a streamed reply, an event that is no JSON. */
  malformed: z.literal(true).optional(),
  /** Close the connection in the middle of the body, or of the stream. */
  truncate: z.literal(true).optional(),
  /** Send half of the body or of the stream, then nothing more. */
  stall: z.literal(true).optional(),
  /** Send the error for this status in the middle of a stream; `body` as above. */
  stream_error: z.number().int().min(400).max(599).optional(),
  /** What the model says, instead of an extract from the prompt. */
  says: z.string().optional(),
  /** The extract as Markdown: in a list, a quote and a table, under a heading, with bold words and code. */
  markdown: z.literal(true).optional(),
  /** Thinking before the answer: in the text between marks, or where the protocol has it. */
  thinking: z.enum(['marked', 'apart']).optional(),
  /** Comments, events of other names and line ends that servers send between the events of a stream. */
  odd: z.literal(true).optional(),
  /** The count of prompt tokens that the server reports, such as one that cuts prompts would; null: it reports none. */
  counted: z.int().nonnegative().nullable().optional(),
  /** A valid reply without text. */
  empty: z.literal(true).optional(),
  finish: z.enum(['length', 'content_filter', 'refusal']).optional(),
});

export type Fault = z.infer<typeof faultSchema>;

/** The faults that wait for a request, in the order in which they were set. */
export class Faults {
  #pending: Fault[] = [];

  add(fault: Fault): void {
    this.#pending.push({ ...fault });
  }

  /** The fault of this request; null for none. */
  take(provider: Provider): Fault | null {
    const fault = this.#pending.find((pending) => pending.provider === provider);
    if (!fault) return null;
    if (fault.times > 0) fault.times--;
    if (fault.times === 0) this.#pending = this.#pending.filter((pending) => pending !== fault);
    return fault;
  }

  clear(): void {
    this.#pending = [];
  }
}
