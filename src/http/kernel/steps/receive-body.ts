import type { IncomingMessage } from 'node:http';
import { AskError, invalidField } from '../../../domain/shared/errors.ts';
import { assertPlainData } from '../lib/plain-data.ts';
import type { Context } from '../lib/request-state.ts';
import type { Route, TextBody } from '../lib/route.ts';

/** Of a body that is no import: the largest legal one, a message with its references, takes a tenth of it. */
const JSON_BYTES = 256 * 1024;
const JSON_ONLY = ['application/json'];

/** The body as bytes, and as data for the route's schema; `undefined` where there is none. */
export async function receiveBody(ctx: Context, { method, textBody }: Route): Promise<{ raw: Buffer; data: unknown }> {
  if (method !== 'POST' || !hasBody(ctx.req)) return { raw: Buffer.alloc(0), data: undefined };
  const { contentType, charset } = contentTypeOf(ctx.req, textBody);
  const raw = await readBody(ctx.req, textBody?.maxBytes ?? JSON_BYTES);
  return { raw, data: textBody === undefined ? plainJson(decodeText(raw)) : { contentType, charset, body: raw } };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Reads a body of at most `maxBytes`, which bounds the memory: an announced length above it is refused unread, and an
 * unannounced one as soon as it is passed.
 * @throws AskError `payload_too_large`
 */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection must outlive an early end of the loop, for the answer still goes over it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
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

function tooLarge(limit: number): AskError {
  return new AskError('payload_too_large', `The body must not exceed ${limit} bytes. Send less at once.`, {
    details: { limit },
  });
}
