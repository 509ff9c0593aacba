import type { CreateSession, SendMessage, Turn } from '../lib/types.ts';
import { Backoff } from './backoff.ts';
import { type Api, ApiError } from './client.ts';
import { type Received, readEvents, type TurnEvent, type TurnPlace } from './turn-events.ts';

/** A question to ask. The same key asks the same question again, and never twice. */
export interface Question {
  path: string;
  body: CreateSession | SendMessage;
  idempotencyKey: string;
}

/** The connection broke; the turn goes on, and what follows continues where it was. */
export interface Reconnecting {
  type: 'reconnecting';
}

/**
 * The events of a turn up to its end, over as many connections as it takes: a question that is asked now, or a turn that
 * is known already. @throws ApiError when it is refused, or cannot be followed any longer.
 */
export async function* followTurn(api: Api, from: Question | TurnPlace): AsyncGenerator<TurnEvent | Reconnecting> {
  let place = 'turn_id' in from ? from : null;
  let lastId: string | undefined;
  const backoff = new Backoff();
  for (;;) {
    let broke: unknown;
    try {
      const events = place === null ? ask(api, from as Question) : resume(api, place, lastId);
      for await (const { id, event } of events) {
        backoff.reset();
        lastId = id ?? lastId;
        if (event.type === 'turn.started') place = event.data;
        yield event;
        if (event.type === 'turn.completed' || event.type === 'turn.failed') return;
      }
    } catch (error) {
      // What is refused before it begins is for the user to decide; a lost connection is not.
      if (place === null && error instanceof ApiError && error.status !== 0) throw error;
      broke = error;
    }
    yield { type: 'reconnecting' };
    await backoff.wait(broke);
  }
}

const STREAM = { accept: 'text/event-stream' };

async function* ask(api: Api, { path, body, idempotencyKey }: Question): AsyncGenerator<Received> {
  const headers = { ...STREAM, 'idempotency-key': idempotencyKey };
  yield* readEvents(await api.send(path, { method: 'POST', body, headers }));
}

async function* resume(api: Api, place: TurnPlace, lastId: string | undefined): AsyncGenerator<Received> {
  const headers = { ...STREAM, ...(lastId !== undefined && { 'last-event-id': lastId }) };
  const path = turnPath(place);
  try {
    yield* readEvents(await api.send(`${path}/events`, { headers }));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 410)) throw error;
    // Its events are gone after a day; how it ended is not.
    const { result, error: failed } = await api.json<Turn>(path);
    if (result) yield { id: undefined, event: { type: 'turn.completed', data: result } };
    else if (failed) yield { id: undefined, event: { type: 'turn.failed', data: { error: failed } } };
  }
}

export function turnPath({ session_id, turn_id }: TurnPlace): string {
  return `/v1/ask/sessions/${session_id}/turns/${turn_id}`;
}
