import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  method: string | undefined;
  path: string | undefined;
  authorization: string | undefined;
  idempotencyKey: string | string[] | undefined;
  accept: string | undefined;
  lastEventId: string | string[] | undefined;
  body: string;
}

export interface ScriptedReply {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** An event stream; with `breaks` its connection is cut after these events. */
export interface ScriptedStream {
  events: string;
  breaks?: boolean;
}

export type Scripted = ScriptedReply | ScriptedStream;

/** A server that gives these answers in turn and keeps what it was asked; asked more often, it answers 500. */
export async function scriptedApi(answers: Scripted[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method, url: path, headers } = request;
    const body = await text(request);
    received.push({
      method,
      path,
      authorization: headers.authorization,
      idempotencyKey: headers['idempotency-key'],
      accept: headers.accept,
      lastEventId: headers['last-event-id'],
      body,
    });
    const answer = answers[received.length - 1] ?? { status: 500, body: 'asked too often' };
    if ('events' in answer) stream(response, answer);
    else {
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close: () => server.close() };
}

function stream(response: ServerResponse, { events, breaks }: ScriptedStream): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  if (breaks) response.write(events || ': hello\n\n', () => response.destroy());
  else response.end(events);
}
