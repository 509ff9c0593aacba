import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { askResult } from '../../http/ask/schemas/ask-schemas.ts';
import { EVENT_STREAM } from '../../http/kernel/lib/event-stream-type.ts';
import { type AnswerEvent, answerEvents } from './answer-events.ts';
import { ApiError } from './api-error.ts';
import type { Post, Transport } from './transport.ts';

type Event<Name extends AnswerEvent['name']> = Extract<AnswerEvent, { name: Name }>;

/** Told of an answer as it comes: text and citations as they are to be read, and that all of it begins anew. */
export type OnAnswer = (event: Event<'delta' | 'citation' | 'turn.restarted'>) => void;

/** Long enough for a service that restarts. */
const MAX_BROKEN = 30;
const PAUSE_MS = 500;

/**
 * Asks, and follows the answer to its end over as many connections as it takes: one that breaks is resumed after the last
 * event, or, before the turn was known, asked again with the same `Idempotency-Key`.
 *
 * @throws ApiError, also for a turn that failed; an Error when the service does not answer.
 */
export async function followAnswer(
  transport: Transport,
  question: { path: string; post: Post },
  onAnswer: OnAnswer,
): Promise<z.infer<typeof askResult>> {
  let turn: { path: string; lastEventId: string } | null = null;
  for (let broken = 0; broken < MAX_BROKEN; broken++) {
    if (broken > 0) await sleep(PAUSE_MS);
    const response: Response | null = turn === null ? await ask(transport, question) : await resume(transport, turn);
    for await (const event of response ? answerEvents(response, transport.stranger) : []) {
      if (event.name === 'turn.completed') return event.data;
      if (event.name === 'turn.failed') throw new ApiError(event.data.error);
      if (event.name === 'turn.started') turn = { path: eventsPath(event), lastEventId: event.id };
      else onAnswer(event);
      if (turn) turn.lastEventId = event.id;
      broken = 0;
    }
  }
  throw transport.absent();
}

function ask(transport: Transport, { path, post }: { path: string; post: Post }): Promise<Response> {
  return transport.reach(path, { post, headers: { Accept: EVENT_STREAM } });
}

/** null when the service does not answer for the moment. */
async function resume(
  transport: Transport,
  { path, lastEventId }: { path: string; lastEventId: string },
): Promise<Response | null> {
  try {
    return await transport.reach(path, { headers: { Accept: EVENT_STREAM, 'Last-Event-ID': lastEventId } });
  } catch (error) {
    if (error instanceof ApiError) throw error;
    return null;
  }
}

function eventsPath({ data }: Event<'turn.started'>): string {
  return `/v1/ask/sessions/${data.session_id}/turns/${data.turn_id}/events`;
}
