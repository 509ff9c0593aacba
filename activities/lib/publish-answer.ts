import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@temporalio/activity';
import {
  type AnswerPiece,
  addPiece,
  type CitationTarget,
  ReplyReader,
} from '../../src/domain/answering/reply-reader.ts';
import type { FeedBatch, TurnFeed, TurnRef } from '../../src/ports/ask/turn-feed.ts';

/** The pause after a batch: short enough to read along at first, then longer, so that batches do not grow with the words. */
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
  targets: ReadonlyMap<string, CitationTarget>,
): AnswerPublisher {
  const reader = new ReplyReader(targets);
  const over = new AbortController();
  let arrived = Promise.withResolvers<void>();
  let unpublished: AnswerPiece[] = [];
  let place: number | null = 0;
  const publishing = publishAll();

  function take(pieces: readonly AnswerPiece[]): void {
    for (const piece of pieces) addPiece(unpublished, piece);
    if (pieces.length > 0) arrived.resolve();
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
      log.warn('Words of an answer were not published', { error: error instanceof Error ? error.name : typeof error });
      // They go with the next ones.
      unpublished = [...pieces, ...unpublished];
    }
  }

  /** Puts the batch at the next free place. @returns the place after it; null once a later attempt publishes. */
  async function placeOf(batch: FeedBatch): Promise<number | null> {
    for (let at = place; at !== null; at++) {
      if (await feed.publish(turn, at, batch)) return at + 1;
      const standing = await feed.read(turn.owner, turn.turnId, at);
      if (standing === null) continue;
      // Ours: it was stored although its reply got lost.
      if (standing.generation === generation) return at + 1;
      if (standing.generation > generation) return null;
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
