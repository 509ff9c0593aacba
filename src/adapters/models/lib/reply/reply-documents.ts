import { createParser, type EventSourceMessage, ParseError } from 'eventsource-parser';

/** A piece of a reply, however it was sent. */
export type ReplyDocument =
  /** JSON: of an event of a stream, with the name of the event, or of a whole body. */
  | { kind: 'event'; name: string | null; data: unknown }
  | { kind: 'body'; data: unknown }
  /** The event `[DONE]`, after which nothing follows. */
  | { kind: 'done' }
  /** A body that is neither JSON nor a stream of events, such as a web page. */
  | { kind: 'words'; text: string }
  /** JSON that breaks off or cannot be parsed, where the answer would stand. */
  | { kind: 'broken' };

/**
 * What a server said, document by document. What the body begins with decides how it is read, not its content type: many
 * servers send JSON for a stream, a stream for JSON, or JSON as `text/plain`.
 */
export async function* documentsOf(body: AsyncIterable<string>): AsyncGenerator<ReplyDocument> {
  const events = createEventReader();
  let begun: string | null = '';
  for await (const text of body) {
    if (begun !== null) {
      begun = (begun + text).replace(COMMENTS, '');
      if (!EVENT_STREAM.test(begun)) continue;
    }
    yield* events.read(begun ?? text);
    begun = null;
  }
  if (begun === null) yield* events.end();
  else yield* wholeBody(begun.replace(OPEN_COMMENT, ''));
}

/**
 * The text of an HTTP reply as it arrives.
 * @param mostBytes what follows behind so many is left unread
 */
export async function* textOf(response: Response, mostBytes: number): AsyncGenerator<string> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let left = mostBytes;
  for await (const bytes of response.body) {
    yield decoder.decode(bytes.subarray(0, left), { stream: true });
    left -= bytes.length;
    if (left <= 0) break;
  }
  yield decoder.decode();
}

/** Fields of an event stream. `error:` is none, but llama.cpp sends errors in it. */
const EVENT_STREAM = /^\s*(?:data|event|id|retry|error) ?:/;
/** Comments keep a connection alive, before a stream and before a body that is none. */
const COMMENTS = /^(?:\s*:[^\r\n]*[\r\n])+/;
const OPEN_COMMENT = /^\s*:[^\r\n]*$/;

/** One JSON document; or a stream of them, in an array as Gemini sends it, or one a line. */
function* wholeBody(text: string): Generator<ReplyDocument> {
  if (text.trim() === '') return;
  const documents = jsonDocuments(text);
  if (documents?.length === 1) yield { kind: 'body', data: documents[0] };
  else if (documents) for (const data of documents) yield { kind: 'event', name: null, data };
  else if (BEGINS_JSON.test(text)) yield { kind: 'broken' };
  else yield { kind: 'words', text };
}

const BEGINS_JSON = /^\s*[{[]/;

function createEventReader() {
  let arrived: ReplyDocument[] = [];
  const documentsOfStrayLine = createStrayReader();
  const parser = createParser({
    onEvent: (event) => arrived.push(...documentsOfEvent(event)),
    onError(error) {
      if (error instanceof ParseError) arrived.push(...documentsOfStrayLine(error));
    },
  });
  let partOfLine = '';
  const read = (text: string): ReplyDocument[] => {
    // The parser drops a line of an unknown field that comes in pieces.
    const lines = partOfLine + text;
    const end = Math.max(lines.lastIndexOf('\n'), lines.lastIndexOf('\r')) + 1;
    partOfLine = lines.slice(end);
    parser.feed(lines.slice(0, end));
    const documents = arrived;
    arrived = [];
    return documents;
  };
  return {
    read,
    /** The last event may lack its empty line; one that is cut in its middle is a broken connection, and counts for nothing. */
    end: () => read('\n\n').filter(({ kind }) => kind !== 'broken'),
  };
}

function documentsOfEvent({ event, data }: EventSourceMessage): ReplyDocument[] {
  const name = event ?? null;
  const said = withoutField(data);
  if (DONE.test(said)) return [{ kind: 'done' }];
  const documents = jsonDocuments(said);
  if (documents) return documents.map((each) => ({ kind: 'event', name, data: each }));
  // Events without the empty line between them arrive as one.
  const before = DONE_BEHIND.test(said) ? jsonDocuments(said.replace(DONE_BEHIND, '')) : null;
  if (before) return [...before.map((each): ReplyDocument => ({ kind: 'event', name, data: each })), { kind: 'done' }];
  // Words such as `ping` say nothing; a broken document may have held a piece of the answer.
  return BEGINS_JSON.test(said) ? [{ kind: 'broken' }] : [{ kind: 'event', name, data: said }];
}

/** `[DONE]`, and as others write it. */
const DONE = /^"?\[?DONE\]?"?$/i;
const DONE_BEHIND = /\n\[DONE\]$/;

/**
 * Reads lines that are no fields: llama.cpp sends errors as `error: {…}`, others bare JSON, in one line or in several, or a
 * blank before `data:`.
 */
function createStrayReader() {
  let begun = '';
  return ({ field, value, line }: ParseError): ReplyDocument[] => {
    const said = withoutField((field === 'error' ? value : line) ?? '');
    if (DONE.test(said)) return [{ kind: 'done' }];
    const alone = jsonDocuments(said);
    const documents = alone ?? jsonDocuments(begun + said);
    const goesOn = documents === null && (begun !== '' || BEGINS_JSON.test(said)) && begun.length < LONGEST_STRAY;
    begun = goesOn ? begun + said : '';
    return (documents ?? []).map((data) => ({ kind: 'event', name: field === 'error' ? 'error' : null, data }));
  };
}

const LONGEST_STRAY = 20_000;

/** Proxies put `data:` before lines that have it already. */
function withoutField(said: string): string {
  return said.trim().replace(/^(?:data:\s*)+/, '');
}

function jsonDocuments(text: string): unknown[] | null {
  if (!BEGINS_JSON.test(text)) return null;
  const whole = fromJson(text);
  if (Array.isArray(whole)) return whole;
  if (whole !== undefined) return [whole];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const each = lines.map(fromJson);
  return each.includes(undefined) ? null : each;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
