import { createParser } from 'eventsource-parser';

/** A server-sent event, its data parsed. */
export interface StreamedEvent {
  id: string | undefined;
  name: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests read single fields.
  data: any;
}

/** Reads the events of a response as they come, until `enough` says so or the stream ends. */
export async function eventsOf(
  response: Response,
  enough: (events: StreamedEvent[]) => boolean = () => false,
): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => events.push({ id, name: event, data: JSON.parse(data) }),
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (enough(events)) break;
  }
  return events;
}

/** What the listener has heard of the answer, since it last began. */
export function heard(events: readonly StreamedEvent[]): string {
  const from = events.findLastIndex(({ name }) => name === 'turn.restarted') + 1;
  return events
    .slice(from)
    .filter(({ name }) => name === 'delta' || name === 'citation')
    .map(({ data }) => data.text)
    .join('');
}
