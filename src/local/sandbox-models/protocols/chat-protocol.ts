import type { Provider } from '../../../domain/shared/provider.ts';

/** A model request of any protocol, as the sandbox understands it. */
export interface Chat {
  system: string;
  /** Oldest first; the last one is the question. */
  turns: { role: 'user' | 'assistant'; text: string }[];
}

export type Finish = 'stop' | 'length' | 'content_filter' | 'refusal';

/** The reply of a model, before it is written in the form of a protocol. A refusal has no text. */
export interface ChatReply {
  text: string;
  /** The thinking of the model, where the protocol keeps it apart from the text. */
  thinking?: string;
  finish: Finish;
  /** `input` includes the cached ones. */
  tokens: { input: number; output: number; cached: number } | null;
}

/** A server-sent event. */
export interface StreamEvent {
  name?: string;
  /** One line. */
  data: string;
}

/** A reply as the events of a stream: one for each piece of its text, and those before and after them. */
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
  /** How to stream the reply; null when the request does not ask for a stream. */
  streaming(path: string, body: unknown): WriteStream | null;
  error(status: number, message: string): object;
  /** How an error is sent in the middle of a stream. */
  errorEvent(error: string): StreamEvent;
}

/** The name that the sandbox's replies give their model. */
export const SANDBOX_MODEL = 'sandbox';

/** All that the model is shown, in order. */
export function wholePrompt(chat: Chat): string {
  return textsOf(chat).join('\n');
}

export function textsOf(chat: Chat): string[] {
  return [chat.system, ...chat.turns.map(({ text }) => text)];
}
