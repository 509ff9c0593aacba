import type { Context } from 'koa';
import { delay } from './delay.ts';
import type { Fault } from './faults.ts';
import type { StreamEvent, StreamedReply } from './protocols/chat-protocol.ts';

/**
 * Sends a reply piece by piece. A fault can break it off in its middle.
 *
 * @param failure the event of an error in the middle of the stream.
 * @returns false when the client has given up.
 */
export async function sendStream(
  ctx: Context,
  { opening, pieces, closing }: StreamedReply,
  fault: Fault | null,
  failure: StreamEvent | null,
): Promise<boolean> {
  ctx.respond = false;
  ctx.res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  const write = (text: string) => new Promise<void>((resolve) => ctx.res.write(text, () => resolve()));
  if (fault?.odd) await write(': PROCESSING\r\n\r\n\n');
  for (const event of opening) await write(frame(event));

  const half = Math.ceil(pieces.length / 2);
  const breaksOff = failure ?? fault?.truncate ?? fault?.stall ?? fault?.malformed;
  for (const [i, event] of (breaksOff ? pieces.slice(0, half) : pieces).entries()) {
    if (i > 0 && fault?.chunk_delay_ms && !(await delay(ctx, fault.chunk_delay_ms))) return false;
    await write(fault?.odd ? oddFrame(event) : frame(event));
  }

  if (fault?.truncate) ctx.req.socket.destroy();
  if (fault?.truncate || fault?.stall) return true;
  if (failure) await write(frame(failure));
  else if (fault?.malformed) await write(frame(broken(pieces[half] ?? pieces[0])));
  else for (const event of closing) await write(frame(event));
  ctx.res.end();
  return true;
}

/** Words and punctuation, in pieces as models send them. A citation marker comes in three pieces. */
export function piecesOf(text: string): string[] {
  return text.match(/\s*(?:[\p{L}\p{N}]+|[^\p{L}\p{N}\s]+)|\s+$/gu) ?? [];
}

function frame({ name, data }: StreamEvent): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`;
}

/** The event as proxies change it: a comment and a foreign event before it, no blank after the colon, CRLF. */
function oddFrame(event: StreamEvent): string {
  const own = 'event: proxy.progress\ndata: {"progress":0.5}\n\n';
  return `: keep-alive\n\n${own}${frame(event)
    .replaceAll(/^(data|event): /gm, '$1:')
    .replaceAll('\n', '\r\n')}`;
}

function broken(event: StreamEvent = { data: '{}' }): StreamEvent {
  return { ...event, data: event.data.slice(0, event.data.length / 2) };
}
