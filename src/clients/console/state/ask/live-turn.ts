import { turnError } from '../../../sdk/api-error.ts';
import type { Question, Reconnecting } from '../../../sdk/follow-turn.ts';
import type { AskResult, SendMessage, Source, TurnEvent, TurnPlace } from '../../../sdk/wire-types.ts';
import type { Piece } from '../answer/pieces.ts';

/** A question on its way, as this tab knows it. */
export interface LiveTurn {
  asked: SendMessage;
  /** The request that asked it; null for a turn that is only followed. */
  question: Question | null;
  phase: 'sending' | 'searching' | 'answering' | 'reconnecting' | 'completed' | 'failed' | 'refused';
  stopping: boolean;
  place: TurnPlace | null;
  attempt: number;
  sources: Source[];
  pieces: Piece[];
  result: AskResult | null;
  /** Why it failed, was refused, or can no longer be followed. */
  failure: unknown;
}

export function newTurn(asked: SendMessage, question: Question | null): LiveTurn {
  return {
    asked,
    question,
    phase: 'sending',
    stopping: false,
    place: null,
    attempt: 1,
    sources: [],
    pieces: [],
    result: null,
    failure: null,
  };
}

export function isRunning({ phase }: LiveTurn): boolean {
  return phase !== 'completed' && phase !== 'failed' && phase !== 'refused';
}

/** The turn after one more event. */
export function advance(turn: LiveTurn, event: TurnEvent | Reconnecting): LiveTurn {
  switch (event.type) {
    case 'turn.started':
      return { ...turn, phase: 'searching', place: event.data, pieces: [] };
    case 'sources':
      return { ...turn, sources: event.data.sources };
    case 'delta':
      return { ...turn, phase: 'answering', pieces: withText(turn.pieces, event.data.text) };
    case 'citation': {
      const { text, source, ...citation } = event.data;
      const sources = source ? [...turn.sources, source] : turn.sources;
      return { ...turn, phase: 'answering', sources, pieces: [...turn.pieces, { text, citation }] };
    }
    case 'turn.restarted':
      return { ...turn, phase: 'searching', attempt: event.data.attempt, pieces: [] };
    case 'turn.completed':
      return { ...turn, phase: 'completed', result: event.data, sources: event.data.sources };
    case 'turn.failed':
      return { ...turn, phase: 'failed', failure: turnError(event.data.error) };
    case 'reconnecting':
      return { ...turn, phase: 'reconnecting' };
  }
}

function withText(pieces: readonly Piece[], text: string): Piece[] {
  const last = pieces.at(-1);
  if (last === undefined || last.citation !== null) return [...pieces, { text, citation: null }];
  return [...pieces.slice(0, -1), { text: last.text + text, citation: null }];
}
