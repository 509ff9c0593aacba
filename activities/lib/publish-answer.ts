import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@temporalio/activity';
import {
  type AnswerPiece,
  addPiece,
  type CitableLines,
  ReplyReader,
} from '../../src/domain/answering/reply/reply-reader.ts';
import type { Source } from '../../src/domain/library/source.ts';
import { AskError } from '../../src/domain/shared/errors.ts';
import type { FeedBatch, TurnFeed, TurnRef } from '../../src/ports/ask/turn-feed.ts';

/** The pause after a batch: short at first, so that a reader can follow, then longer, so that a long answer has few batches. */
const FIRST_PAUSE_MS = 40;
const LONGEST_PAUSE_MS = 250;
const PAUSE_GROWTH = 1.2;

export interface AnswerPublisher {
  /** The next text of the model's reply. */
  push(text: string): void;
  /** The end of the attempt. @param whole whether the reply is complete. */
  end(whole: boolean): Promise<void>;
}

/**
 * Publishes the pieces of an answer as they arrive, for its subscribers. A piece that cannot be published never
 * fails the answer. An attempt that a later one has replaced publishes nothing more.
 */
export function publishAnswer(
  feed: TurnFeed,
  turn: TurnRef,
  { generation, attempt }: Pick<FeedBatch, 'generation' | 'attempt'>,
  citable: CitableLines & { sources: readonly Pick<Source, 'chunkId'>[] },
): AnswerPublisher {
  const reader = new ReplyReader(citable);
  const over = new AbortController();
  let arrived = Promise.withResolvers<void>();
  let unpublished: AnswerPiece[] = [];
  let place: number | null = 0;
  const publishing = publishAll();

  function take(pieces: readonly AnswerPiece[]): void {
    for (const piece of pieces) addPiece(unpublished, withChunk(piece));
    if (pieces.length > 0) arrived.resolve();
  }

  /** A subscriber is told of a source that it does not know yet. */
  function withChunk(piece: AnswerPiece): AnswerPiece {
    if (piece.type === 'text' || piece.sourceIndex === null) return piece;
    const source = citable.sources[piece.sourceIndex];
    return source === undefined ? piece : { ...piece, chunkId: source.chunkId };
  }

  /** The first batch is empty: it says that this attempt begins. */
  async function publishAll(): Promise<void> {
    await publish(false);
    for (let pause = FIRST_PAUSE_MS; !over.signal.aborted; pause = Math.min(pause * PAUSE_GROWTH, LONGEST_PAUSE_MS)) {
      await arrived.promise;
      arrived = Promise.withResolvers();
      if (over.signal.aborted) return;
      await publish(false);
      await sleep(pause, undefined, { signal: over.signal }).catch(() => undefined);
    }
  }

  async function publish(last: boolean): Promise<void> {
    const pieces = unpublished;
    unpublished = [];
    try {
      place = await placeOf({ generation, attempt, pieces, last });
    } catch (error) {
      // Its session was deleted: there is nobody left to read along.
      if (error instanceof AskError && error.kind === 'not_found') {
        place = null;
        return;
      }
      log.warn('Words of an answer were not published', { error: error instanceof Error ? error.name : typeof error });
      // They go out with the next batch.
      unpublished = [...pieces, ...unpublished];
    }
  }

  /** Puts the batch at the next free place. @returns the place after it; null once a later attempt publishes. */
  async function placeOf(batch: FeedBatch): Promise<number | null> {
    for (let at = place; at !== null; at++) {
      if (await feed.publish(turn, at, batch)) return at + 1;
      const existing = await feed.read(turn.owner, turn.turnId, at);
      if (existing === null) continue;
      // This is our batch: it was stored although the reply got lost.
      if (existing.generation === generation) return at + 1;
      if (existing.generation > generation) return null;
    }
    return null;
  }

  return {
    push: (text) => take(reader.push(text)),
    async end(whole) {
      if (whole) take(reader.end());
      over.abort();
      arrived.resolve();
      await publishing;
      if (whole) await publish(true);
    },
  };
}
