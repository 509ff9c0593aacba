import { piecesOf } from '../../../domain/answering/reply/citations.ts';
import type { AnswerPiece, CitationPiece } from '../../../domain/answering/reply/reply-reader.ts';
import type { AskResult } from '../../../domain/ask/turn.ts';
import type { Source } from '../../../domain/library/source.ts';
import type { ChunkId } from '../../../domain/shared/ids.ts';
import type { FeedBatch } from '../../../ports/ask/turn-feed.ts';
import type { TurnEvent } from '../../../ports/ask/turn-subscription.ts';
import { shownSources } from './shown-sources.ts';
import { completedEvent, pieceEvent, restartedEvent, sourcesEvent } from './turn-event.ts';

/** Knows which events of a turn were sent, and so which come next. */
export class TurnEventLog {
  #knowsSources = false;
  #generation: number | null = null;
  #attempt = 1;
  /** The answer since its last beginning. */
  #text = '';
  /** How many sources were told before the answer, and the places of those told with a citation since. */
  #sources = 0;
  readonly #appended = new Set<number>();

  get knowsSources(): boolean {
    return this.#knowsSources;
  }

  *sources(sources: readonly Source[]): Generator<TurnEvent> {
    if (this.#knowsSources) return;
    this.#knowsSources = true;
    this.#sources = sources.length;
    yield sourcesEvent(sources);
  }

  /** Chunks of the sources that the pieces cite and no event has told of. */
  unknownChunks(pieces: readonly AnswerPiece[]): ChunkId[] {
    return pieces.flatMap((piece) => (this.#isNewSource(piece) && piece.chunkId ? [piece.chunkId] : []));
  }

  /** @param appended sources that the batch cites and no event has told of, as far as they still stand */
  *batch({ generation, attempt, pieces }: FeedBatch, appended: readonly Source[]): Generator<TurnEvent> {
    // A batch of an attempt that a later one has replaced.
    if (this.#generation !== null && generation < this.#generation) return;
    if (this.#generation !== null && generation > this.#generation) yield* this.#anew(attempt);
    this.#generation = generation;
    this.#attempt = attempt;
    yield* this.#say(pieces, ({ chunkId }) => appended.find((source) => source.chunkId === chunkId));
  }

  /** The part of the answer that was not published; all of it if there was no subscriber in time. */
  *completed(result: AskResult): Generator<TurnEvent> {
    yield* this.sources(shownSources(result));
    if (!result.message.content.startsWith(this.#text)) yield* this.#anew(this.#attempt);
    const { parts, sources } = result.message;
    yield* this.#say(after(this.#text.length, piecesOf(parts)), ({ sourceIndex }) => sources[sourceIndex ?? -1]);
    yield completedEvent(result);
  }

  *#anew(attempt: number): Generator<TurnEvent> {
    this.#text = '';
    this.#appended.clear();
    yield restartedEvent(attempt);
  }

  *#say(
    pieces: readonly AnswerPiece[],
    sourceOf: (citation: CitationPiece) => Source | undefined,
  ): Generator<TurnEvent> {
    for (const piece of pieces) {
      this.#text += piece.text;
      const source = this.#isNewSource(piece) ? sourceOf(piece) : undefined;
      if (source !== undefined && piece.type === 'citation') this.#appended.add(piece.sourceIndex ?? -1);
      yield pieceEvent(piece, source ?? null);
    }
  }

  #isNewSource(piece: AnswerPiece): piece is CitationPiece {
    if (piece.type === 'text' || piece.sourceIndex === null) return false;
    return piece.sourceIndex >= this.#sources && !this.#appended.has(piece.sourceIndex);
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
