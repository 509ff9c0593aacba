import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { AskResult, ErrorObject, Moment, SessionId, Source, Turn } from '../lib/types.ts';

export interface TurnPlace {
  session_id: SessionId;
  turn_id: Turn['turn_id'];
}

/** What the service tells of a turn, in the order in which it happens. */
export type TurnEvent =
  | { type: 'turn.started'; data: TurnPlace }
  | { type: 'sources'; data: { sources: Source[] } }
  | { type: 'delta'; data: { text: string } }
  | { type: 'citation'; data: Moment & { text: string } }
  | { type: 'turn.restarted'; data: { attempt: number } }
  | { type: 'turn.completed'; data: AskResult }
  | { type: 'turn.failed'; data: { error: ErrorObject } };

export interface Received {
  /** The sequence number, from which a broken stream goes on. */
  id: string | undefined;
  event: TurnEvent;
}

/** The events of one response, until it ends or breaks. */
export async function* readEvents(response: Response): AsyncGenerator<Received> {
  const messages = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  const reader = messages?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    const { id, event, data } = next.value;
    yield { id, event: { type: event, data: JSON.parse(data) } as TurnEvent };
  }
}
