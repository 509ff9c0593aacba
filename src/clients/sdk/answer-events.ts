import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import { askResult } from '../../http/ask/schemas/ask-schemas.ts';
import { EVENT_STREAM } from '../../http/kernel/lib/event-stream-type.ts';
import { errorBody } from '../../http/kernel/schemas/error-schemas.ts';
import { recordingId, sessionId, turnId } from '../../http/kernel/schemas/id-schemas.ts';

/** The events of a turn's stream that tell of its answer, by their names. */
const answerEvent = z.discriminatedUnion('name', [
  z.object({ name: z.literal('turn.started'), data: z.object({ session_id: sessionId, turn_id: turnId }) }),
  z.object({ name: z.literal('delta'), data: z.object({ text: z.string() }) }),
  z.object({
    name: z.literal('citation'),
    data: z.object({ text: z.string(), recording_id: recordingId, start_ms: z.int() }),
  }),
  z.object({ name: z.literal('turn.restarted'), data: z.object({ attempt: z.int() }) }),
  z.object({ name: z.literal('turn.completed'), data: askResult }),
  z.object({ name: z.literal('turn.failed'), data: errorBody }),
]);
export type AnswerEvent = z.infer<typeof answerEvent>;

const NAMES = new Set<string | undefined>(answerEvent.options.map(({ shape }) => shape.name.value));

/**
 * The events in a response, until it ends or its connection breaks; who wants to know which looks whether the last event
 * was there. Those of other names are left out.
 *
 * @param stranger makes the error for what no Ask service answers.
 */
export async function* answerEvents(
  response: Response,
  stranger: () => Error,
): AsyncGenerator<AnswerEvent & { id: string }> {
  if (!response.headers.get('content-type')?.startsWith(EVENT_STREAM)) throw stranger();
  for await (const { id = '', event, data } of messages(response)) {
    if (!NAMES.has(event)) continue;
    const parsed = answerEvent.safeParse({ name: event, data: jsonOf(data) });
    if (!parsed.success) throw stranger();
    yield { id, ...parsed.data };
  }
}

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

async function* messages({ body }: Response) {
  if (body === null) return;
  try {
    yield* body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  } catch {
    // The connection broke.
  }
}
