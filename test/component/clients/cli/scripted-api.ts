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
  body?: unknown;
  /** In place of `body`: what is no JSON. */
  text?: string;
}

/** An event stream; with `breaks` its connection is cut after these events. */
export interface ScriptedStream {
  events: string;
  breaks?: boolean;
  /** The stream stays open after `events`. Each release, and each later request that is answered, sends the next of these; it ends with the last. */
  held?: string[];
}

export type Scripted = ScriptedReply | ScriptedStream;

/** A server that gives these answers in turn and keeps what it was asked; asked more often, it answers 500. */
export async function scriptedApi(answers: Scripted[]) {
  const received: Received[] = [];
  let release = () => {};
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
    if ('events' in answer) {
      if (answer.held !== undefined) release = releaseOf(response, [...answer.held]);
      stream(response, answer);
    } else {
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
      response.end(answer.status === 204 ? undefined : (answer.text ?? JSON.stringify(answer.body)));
      release();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    release: () => release(),
    close: () => void server.close().closeAllConnections(),
  };
}

function releaseOf(response: ServerResponse, held: string[]) {
  return () => {
    const events = held.shift() ?? '';
    if (held.length > 0) response.write(events);
    else response.end(events);
  };
}

function stream(response: ServerResponse, { events, breaks, held }: ScriptedStream): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  if (held !== undefined) response.write(events);
  else if (breaks) response.write(events || ': hello\n\n', () => response.destroy());
  else response.end(events);
}
