import { setTimeout as sleep } from 'node:timers/promises';
import { ThinkingFilter } from '../../../../domain/answering/models/thinking.ts';
import { providerFailure } from '../../../../domain/shared/errors.ts';
import type { Provider } from '../../../../domain/shared/provider.ts';
import { errorOfResponse, errorOfStranger, ModelServerError } from '../failures/model-server-error.ts';
import { errorIn } from '../failures/said.ts';
import { documentsOf, type ReplyDocument, textOf } from './reply-documents.ts';
import { ReplyInParts, type WholeReply } from './reply-in-parts.ts';
import type { Piece, ReadPiece } from './reply-piece.ts';

interface ReadOptions {
  provider: Provider;
  readPiece: ReadPiece;
  onText: ((text: string) => void) | undefined;
  signal: AbortSignal;
  /** The marks of which one may end thinking that the reply begins with, where no mark begins it. */
  thinkingEnds: readonly string[];
}

/** More than the longest answer with its thinking, a token an event. One that never ends must not fill the memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/** How long a server may take to close a stream whose end it has told. */
const LINGER_MS = 250;
/** How long a server may be quiet after the reason to stop. Its counts come behind it, and some never close the stream. */
const QUIET_MS = 3_000;

/**
 * The reply of a model, plain or streamed as the server likes. Text or a clear failure decides; everything else in it is
 * optional. The request must be aborted afterwards: a server may keep its stream open.
 *
 * @throws ModelServerError for what the server says to be a failure; AskError `provider_error` for a reply that says
 * nothing.
 */
export async function readReply(response: Response, options: ReadOptions): Promise<WholeReply> {
  if (!response.ok) throw errorOfResponse(response, await beginningOf(response));
  const { provider, readPiece, onText, signal } = options;
  const filter = new ThinkingFilter(options.thinkingEnds);
  const reply = new ReplyInParts(provider);
  const documents = documentsOf(textOf(response, MOST_BYTES));
  for (let next = await documents.next(); !next.done; next = await nextOf(documents, reply)) {
    signal.throwIfAborted();
    const piece = pieceOf(next.value, readPiece, provider, response.headers);
    if (piece === null) continue;
    const words = filter.push(reply.add(piece)) + (piece.thinksApart ? filter.beginsWithWords() : '');
    if (words !== '') onText?.(words);
    if (!piece.isLast) continue;
    await Promise.race([drain(documents), sleep(LINGER_MS, undefined, { ref: false })]);
    break;
  }
  signal.throwIfAborted();
  const whole = reply.end();
  const rest = filter.end();
  if (rest !== '') onText?.(rest);
  return whole;
}

/** What is read of an error: no more of it is ever looked at. */
const MOST_ERROR_BYTES = 64 * 1024;

async function beginningOf(response: Response): Promise<string> {
  let text = '';
  for await (const part of textOf(response, MOST_ERROR_BYTES)) text += part;
  return text;
}

/** @throws ModelServerError, AskError */
function pieceOf(document: ReplyDocument, readPiece: ReadPiece, provider: Provider, headers: Headers): Piece | null {
  if (document.kind === 'done') return { isLast: true };
  if (document.kind === 'broken') throw providerFailure(provider, 'malformed_reply');
  if (document.kind === 'words') throw errorOfStranger(document.text, headers);
  const { data, kind } = document;
  const event = kind === 'event' ? document.name : null;
  const piece = readPiece(data, event);
  const said = piece?.error ?? (piece !== null || isCommon(event) ? errorIn(data, event) : null);
  if (said) throw new ModelServerError({ headers, said });
  if (kind === 'event') return piece;
  if (piece === null && isFilled(data)) throw errorOfStranger(data, headers);
  return { ...piece, isBody: true };
}

/** Events of other names are a server's private matter. */
function isCommon(event: string | null): boolean {
  return event === null || event === 'error' || event === 'message';
}

function isFilled(data: unknown): boolean {
  return typeof data === 'object' && data !== null ? Object.keys(data).length > 0 : true;
}

/** The next document. A connection that breaks behind the reason to stop, or stays open without a word, has brought all. */
async function nextOf(documents: AsyncGenerator<ReplyDocument>, reply: ReplyInParts): Promise<Next> {
  try {
    if (!reply.isSilent) return await documents.next();
    return await Promise.race([documents.next(), sleep(QUIET_MS, OVER, { ref: false })]);
  } catch (error) {
    if (reply.isFinished) return OVER;
    throw error;
  }
}

type Next = IteratorResult<ReplyDocument, void>;
const OVER: Next = { done: true, value: undefined };

async function drain(documents: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of documents);
  } catch {
    // What follows the end of an answer changes nothing.
  }
}
