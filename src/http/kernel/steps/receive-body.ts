import type { IncomingMessage } from 'node:http';
import { AskError, invalidField } from '../../../domain/shared/errors.ts';
import { takeBody } from '../bodies/arrived-body.ts';
import { assertPlainData } from '../lib/plain-data.ts';
import type { Context } from '../lib/request-state.ts';
import type { Route, TextBody } from '../lib/route.ts';

/** Of a body that is no import: the largest legal one, a message with its references, takes a tenth of it. */
const JSON_BYTES = 256 * 1024;
const JSON_ONLY = ['application/json'];

/** Above this the body of an import goes to a file. */
const MEMORY_BYTES = 1024 * 1024;

export interface Arrival {
  onChunk(chunk: Buffer): void;
  /** Takes a slot for a large body. @returns how to give it back. @throws AskError `queue_full` */
  takeSlot(): () => void;
}

/**
 * The body, once it has arrived; to be closed when it is needed no more.
 * @returns how to read it as data for the route's schema: `undefined` where there is none
 */
export async function receiveBody(
  ctx: Context,
  { method, textBody }: Route,
  { onChunk, takeSlot }: Arrival,
): Promise<{ read(): unknown; close(): Promise<void> }> {
  if ((method !== 'POST' && method !== 'PATCH') || !hasBody(ctx.req))
    return { read: () => undefined, close: async () => undefined };
  const { contentType, charset } = contentTypeOf(ctx.req, textBody);
  const maxBytes = textBody?.maxBytes ?? JSON_BYTES;
  const { source, close } = await takeBody(ctx.req, {
    maxBytes,
    memoryBytes: MEMORY_BYTES,
    onChunk,
    onLarge: takeSlot,
  });
  if (textBody !== undefined) return { read: () => ({ contentType, charset, source }), close };
  return { read: () => plainJson(decodeText('bytes' in source ? source.bytes : Buffer.alloc(0))), close };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** @throws AskError `invalid_request` when the bytes are not UTF-8. */
function decodeText(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalidField('body', 'is not valid UTF-8');
  }
}

function plainJson(text: string): unknown {
  const data = parseJson(text);
  assertPlainData(data);
  return data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the body.
    throw invalidField('body', 'is not valid JSON');
  }
}

/**
 * The media type of the body, and the charset it names. Only a route that decodes its body itself takes another than UTF-8.
 * @throws AskError `unsupported_media_type` when the route does not read it
 */
function contentTypeOf(
  request: IncomingMessage,
  textBody: TextBody | undefined,
): { contentType: string; charset: string | null } {
  const allowed = textBody?.contentTypes ?? JSON_ONLY;
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"]*)"?\s*$/.exec(parameter)?.[1]).find(Boolean);
  const readable = textBody !== undefined || charset === undefined || /^utf-?8$/.test(charset);
  const plain = request.headers['content-encoding'] === undefined;
  if (allowed.includes(type.trim()) && readable && plain) return { contentType: type.trim(), charset: charset ?? null };
  const inUtf8 = textBody === undefined ? ' in UTF-8' : '';
  throw new AskError('unsupported_media_type', `Send the body as ${allowed.join(', ')}${inUtf8}, not compressed.`);
}
