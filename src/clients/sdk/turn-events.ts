import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { ReplyCheck } from './replies.ts';
import type { TurnEvent } from './wire-types.ts';

export interface Received {
  /** The sequence number, from which a broken stream goes on. */
  id: string | undefined;
  event: TurnEvent;
}

const NAMES = {
  'turn.started': true,
  sources: true,
  delta: true,
  citation: true,
  'turn.restarted': true,
  'turn.completed': true,
  'turn.failed': true,
} satisfies Record<TurnEvent['type'], true>;

/**
 * The events of one response, until it ends or breaks. Events of other names are left out.
 * @throws the error of `stranger` when the response is no event stream of this API
 */
export async function* readTurnEvents(
  response: Response,
  check: ReplyCheck,
  stranger: () => Error,
): AsyncGenerator<Received> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) throw stranger();
  const messages = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  const reader = messages?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    const { id, event: type = '', data } = next.value;
    if (!Object.hasOwn(NAMES, type)) continue;
    const event = check('turnEvent', { type, data: parseJson(data) });
    if (event === undefined) throw stranger();
    yield { id, event };
  }
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
