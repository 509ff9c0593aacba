import type { Provider } from '../../../domain/shared/provider.ts';

/** A model request of any protocol, as the sandbox understands it. */
export interface Chat {
  system: string;
  /** Oldest first; the last one is the question. */
  turns: { role: 'user' | 'assistant'; text: string }[];
}

export type Finish = 'stop' | 'length' | 'content_filter' | 'refusal';

/** What a model says, before it is dressed in a protocol. A refusal has no text. */
export interface ChatReply {
  text: string;
  finish: Finish;
  /** `input` counts the cached ones in. */
  tokens: { input: number; output: number; cached: number };
}

/** A server-sent event. */
export interface StreamEvent {
  name?: string;
  /** One line. */
  data: string;
}

/** A reply as the events of a stream: one for each piece of its text, and what stands before and after them. */
export interface StreamedReply {
  opening: StreamEvent[];
  pieces: StreamEvent[];
  closing: StreamEvent[];
}

export type WriteStream = (reply: ChatReply, pieces: string[]) => StreamedReply;

/** One provider's wire protocol. */
export interface Protocol {
  provider: Provider;
  /** Where its SDK posts to. */
  paths: string[];
  /** Where a key may stand. */
  keyHeaders: string[];
  /** @throws ZodError when the body is not a request of this protocol. */
  read(body: unknown): Chat;
  write(reply: ChatReply): object;
  /** How a request that wants its reply as a stream gets it; null for one that does not. */
  streaming(path: string, body: unknown): WriteStream | null;
  error(status: number, message: string): object;
  /** How an error goes out in the middle of a stream. */
  errorEvent(error: string): StreamEvent;
}

/** The name that the sandbox's replies give their model. */
export const SANDBOX_MODEL = 'sandbox';

/** All that the model is shown, in order. */
export function wholePrompt(chat: Chat): string {
  return [chat.system, ...chat.turns.map(({ text }) => text)].join('\n');
}
