import { piecesOf } from '../../../domain/answering/reply/citations.ts';
import type { AnswerPiece } from '../../../domain/answering/reply/reply-reader.ts';
import type { AskResult } from '../../../domain/ask/turn.ts';
import type { Source } from '../../../domain/library/source.ts';
import type { FeedBatch } from '../../../ports/ask/turn-feed.ts';
import type { TurnEvent } from '../../../ports/ask/turn-subscription.ts';
import { completedEvent, pieceEvent, restartedEvent, sourcesEvent } from './turn-event.ts';

/** Knows which events of a turn were sent, and so which come next. */
export class TurnEventLog {
  #knowsSources = false;
  #generation: number | null = null;
  #attempt = 1;
  /** The answer since its last beginning. */
  #text = '';

  get knowsSources(): boolean {
    return this.#knowsSources;
  }

  *sources(sources: readonly Source[]): Generator<TurnEvent> {
    if (this.#knowsSources) return;
    this.#knowsSources = true;
    yield sourcesEvent(sources);
  }

  *batch({ generation, attempt, pieces }: FeedBatch): Generator<TurnEvent> {
    // A batch of an attempt that a later one has replaced.
    if (this.#generation !== null && generation < this.#generation) return;
    if (this.#generation !== null && generation > this.#generation) yield* this.#anew(attempt);
    this.#generation = generation;
    this.#attempt = attempt;
    yield* this.#say(pieces);
  }

  /** The part of the answer that was not published; all of it if there was no subscriber in time. */
  *completed(result: AskResult): Generator<TurnEvent> {
    yield* this.sources(result.message.sources);
    if (!result.message.content.startsWith(this.#text)) yield* this.#anew(this.#attempt);
    yield* this.#say(after(this.#text.length, piecesOf(result.message.parts)));
    yield completedEvent(result);
  }

  *#anew(attempt: number): Generator<TurnEvent> {
    this.#text = '';
    yield restartedEvent(attempt);
  }

  *#say(pieces: readonly AnswerPiece[]): Generator<TurnEvent> {
    for (const piece of pieces) {
      this.#text += piece.text;
      yield pieceEvent(piece);
    }
  }
}

/** The pieces without the first `length` characters. */
function after(length: number, pieces: readonly AnswerPiece[]): AnswerPiece[] {
  let left = length;
  return pieces.flatMap((piece) => {
    const text = piece.text.slice(left);
    left = Math.max(0, left - piece.text.length);
    return text === '' ? [] : [{ ...piece, text }];
  });
}
