import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a model server sends, whatever is asked. */
export interface SentReply {
  status?: number;
  headers?: Record<string, string>;
  body: string | Buffer;
  /** Bytes of a piece; a character may lie in two. */
  pieceLength?: number;
  /** Whether the connection breaks behind the body, instead of ending. */
  breaks?: boolean;
}

export interface SeenRequest {
  path: string;
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
}

/** A model server whose replies are given, in small pieces; the last one is repeated. */
export async function startReplyServer(...replies: SentReply[]) {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const sent = await request.toArray();
    const reply = replies[Math.min(requests.length, replies.length - 1)] as SentReply;
    const { status = 200, headers = {}, pieceLength = 37 } = reply;
    const body = Buffer.from(reply.body);
    const text = Buffer.concat(sent).toString();
    requests.push({ path: request.url ?? '', headers: request.headers, body: text === '' ? {} : JSON.parse(text) });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    for (let at = 0; at < body.length; at += pieceLength) {
      response.write(body.subarray(at, at + pieceLength));
      await new Promise(setImmediate);
    }
    if (reply.breaks) response.destroy();
    else response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A stream of events as JSON; a string is sent as it stands. */
export function events(...documents: (object | string)[]): string {
  return documents.map((each) => (typeof each === 'string' ? each : `data: ${JSON.stringify(each)}\n\n`)).join('');
}

/** The same with the name of each event, which is its type. */
export function namedEvents(...documents: { type: string; [field: string]: unknown }[]): string {
  return documents.map((each) => `event: ${each.type}\ndata: ${JSON.stringify(each)}\n\n`).join('');
}

export const DONE = 'data: [DONE]\n\n';
