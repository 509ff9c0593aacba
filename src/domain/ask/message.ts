import type { Source } from '../library/source.ts';
import type { MessageId, RecordingId, SessionId } from '../shared/ids.ts';
import type { Provider } from '../shared/provider.ts';
import type { Grounding } from './grounding.ts';
import type { Filters, Retrieval } from './retrieval.ts';

/** A moment of a recording, and what is said there; what is null was not kept, or is erased. */
export interface Citation {
  recordingId: RecordingId;
  /** When the quoted words begin. */
  startMs: number;
  endMs: number | null;
  /** Null where the transcript names nobody, too. */
  speaker: string | null;
  quote: string | null;
  /** Its place in the answer's sources; null where there are none. */
  sourceIndex: number | null;
}

export type Part = { type: 'text'; text: string } | ({ type: 'citation' } & Citation);

export const FINISH_REASONS = ['stop', 'length', 'content_filter', 'other'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

/** Tokens as the provider counted them; `cached` is the part of `input` that its prompt cache served. */
export interface TokenUsage {
  input: number;
  output: number;
  cached: number;
  /** Present where the provider left out a count, which is estimated then. */
  estimated?: true | undefined;
  /** Present where the provider's count does not fit the prompt: it may have cut it. */
  suspect?: true | undefined;
}

export interface ContextRef {
  type: 'recording';
  id: RecordingId;
}

/** A question before it has a place in its session. */
export interface NewQuestion {
  id: MessageId;
  content: string;
  contextRefs: ContextRef[];
  filters: Filters;
  /** IANA name; null: the project's. */
  timezone: string | null;
  /** BCP 47; null: the language of the question. */
  responseLanguage: string | null;
  createdAt: string;
}

export interface UserMessage extends NewQuestion {
  role: 'user';
  sessionId: SessionId;
  /** Place in the session's message list, from 0. */
  position: number;
}

/** What the model answered, parsed, with its citations resolved. */
export interface Answer {
  content: string;
  parts: Part[];
  tokens: TokenUsage;
  model: string;
  provider: Provider;
  finishReason: FinishReason;
  /** Null in answers from before facts were looked up. */
  grounding: Grounding | null;
}

export interface AssistantMessage extends Answer {
  role: 'assistant';
  id: MessageId;
  sessionId: SessionId;
  position: number;
  sources: Source[];
  /** What it was given from; null in answers of 0.1.0. */
  retrieval: Retrieval | null;
  createdAt: string;
}

export type Message = UserMessage | AssistantMessage;

export function isQuestion(message: Message): message is UserMessage {
  return message.role === 'user';
}

/** One answered turn as later prompts show it. */
export interface PastTurn {
  /** Place of its question in the session, from 0. */
  position: number;
  question: string;
  answer: string;
}
