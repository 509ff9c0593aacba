import type { AnswerPiece } from '../../../domain/answering/reply/reply-reader.ts';
import type { AskResult, TurnError } from '../../../domain/ask/turn.ts';
import type { Source } from '../../../domain/library/source.ts';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import type { TurnEvent } from '../../../ports/ask/turn-subscription.ts';
import { presentError } from '../../kernel/presenters/present-error.ts';
import { presentSource } from '../../library/presenters/present-source.ts';
import { presentAskResult } from '../presenters/present-ask-result.ts';
import { presentCitation } from '../presenters/present-citation.ts';

export const startedEvent = (sessionId: SessionId, turnId: TurnId): TurnEvent => ({
  name: 'turn.started',
  data: { session_id: sessionId, turn_id: turnId },
});

export const sourcesEvent = (sources: readonly Source[]): TurnEvent => ({
  name: 'sources',
  data: { sources: sources.map((source) => ({ ...presentSource(source), cited: false })) },
});

/** @param source of a citation, where no event has told of it yet. */
export const pieceEvent = (piece: AnswerPiece, source: Source | null): TurnEvent => {
  if (piece.type === 'text') return { name: 'delta', data: { text: piece.text } };
  const told = source && { source: { ...presentSource(source), cited: true } };
  return { name: 'citation', data: { text: piece.text, ...presentCitation(piece), ...told } };
};

/** @param attempt the provider's attempt that begins the answer anew, from 1. */
export const restartedEvent = (attempt: number): TurnEvent => ({ name: 'turn.restarted', data: { attempt } });

export const completedEvent = (result: AskResult): TurnEvent => ({
  name: 'turn.completed',
  data: presentAskResult(result),
});

export const failedEvent = (error: TurnError): TurnEvent => ({
  name: 'turn.failed',
  data: { error: presentError(error) },
});
