import { ApiError } from './api-error.ts';
import { Backoff } from './backoff.ts';
import type { ReplyCheck } from './replies.ts';
import type { Transport } from './transport.ts';
import { type Received, readTurnEvents } from './turn-events.ts';
import type { CreateSession, SendMessage, Turn, TurnEvent, TurnPlace } from './wire-types.ts';

/** A question to ask. The same key asks the same question again, and never twice. */
export interface Question {
  path: string;
  body: CreateSession | SendMessage;
  idempotencyKey: string;
}

/** The connection broke. The turn goes on, and the next events follow the last one that was read. */
export interface Reconnecting {
  type: 'reconnecting';
}

export interface FollowOptions {
  transport: Transport;
  check: ReplyCheck;
  /** Reads a turn whose events are no longer kept. */
  readTurn(place: TurnPlace): Promise<Turn>;
  /** Whether a question is sent again when nobody answers its first request. */
  retriesFirst: boolean;
}

/**
 * The events of a turn up to its end. It asks a new question, or follows a known turn, and connects again when a connection
 * breaks. @throws ApiError when the question is refused, or the turn cannot be followed any longer.
 */
export async function* followTurn(
  options: FollowOptions,
  from: Question | TurnPlace,
): AsyncGenerator<TurnEvent | Reconnecting> {
  let place = 'turn_id' in from ? from : null;
  let lastId: string | undefined;
  const backoff = new Backoff(options.transport.absent);
  for (;;) {
    let broke: unknown;
    try {
      const events = place === null ? ask(options, from as Question) : resume(options, place, lastId);
      for await (const { id, event } of events) {
        backoff.reset();
        lastId = id ?? lastId;
        if (event.type === 'turn.started') place = event.data;
        yield event;
        if (event.type === 'turn.completed' || event.type === 'turn.failed') return;
      }
    } catch (error) {
      // The caller handles a refused question. A lost connection is repaired here.
      if (place === null && isRefusal(error, options)) throw error;
      broke = error;
    }
    yield { type: 'reconnecting' };
    await backoff.wait(broke);
  }
}

function isRefusal(error: unknown, { retriesFirst }: FollowOptions): boolean {
  return error instanceof ApiError && (error.status !== 0 || !retriesFirst);
}

const STREAM = { accept: 'text/event-stream' };

async function* ask(options: FollowOptions, { path, body, idempotencyKey }: Question): AsyncGenerator<Received> {
  const headers = { ...STREAM, 'idempotency-key': idempotencyKey };
  yield* read(options, await options.transport.send(path, { method: 'POST', json: body, headers }));
}

async function* resume(options: FollowOptions, place: TurnPlace, lastId: string | undefined): AsyncGenerator<Received> {
  const headers = { ...STREAM, ...(lastId !== undefined && { 'last-event-id': lastId }) };
  try {
    yield* read(options, await options.transport.send(`${turnPath(place)}/events`, { headers }));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 410)) throw error;
    // Events are kept for a day. The outcome of the turn is kept longer.
    const { result, error: failed } = await options.readTurn(place);
    if (result) yield { id: undefined, event: { type: 'turn.completed', data: result } };
    else if (failed) yield { id: undefined, event: { type: 'turn.failed', data: { error: failed } } };
  }
}

function read({ transport, check }: FollowOptions, response: Response): AsyncGenerator<Received> {
  return readTurnEvents(response, check, () => transport.stranger(response.status));
}

export function turnPath({ session_id, turn_id }: TurnPlace): string {
  return `/v1/ask/sessions/${session_id}/turns/${turn_id}`;
}
