import type { FinishReason } from '../../../../../../src/domain/ask/message.ts';
import type { ProviderFailureReason } from '../../../../../../src/domain/shared/provider-failures.ts';
import type { SentReply } from '../reply-server.ts';

/** A kind of reply that real servers send, to plain and to streamed requests, and what it comes to. */
export interface Kind extends SentReply {
  kind: string;
  is: Answered | Failed;
}

export interface Answered {
  text: string;
  finishReason?: FinishReason;
  /** The model that was asked is `asked`. */
  model?: string;
  /** As `input/output`; `~` before it says that some of it is estimated. */
  tokens?: string;
}

export interface Failed {
  reason: ProviderFailureReason;
  /** As the table of failures says, unless it is given. */
  retryable?: boolean;
  retryAfterMs?: number | undefined;
}
