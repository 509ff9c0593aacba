import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { limitConnections } from './limit-connections.ts';

export interface RunningServer {
  readonly url: string;
  /** Takes no new connection, lets requests in flight end within the grace, then cuts what is left. */
  close(): Promise<void>;
}

/** How long a client may take to send its headers, and its whole request; checked every `CHECK_MS`. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;
const CHECK_MS = 1_000;
/** Time for a refused client to read the reason. A socket that is only ended would live as long as its client sends. */
const REFUSED_MS = 1_000;
/** Longer than the idle time of common load balancers, so that they close first. */
const KEEP_ALIVE_MS = 65_000;

export interface ListenOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  graceMs: number;
  /** Connections at once; one more takes the place of one that is idle, or is closed unheard. */
  maxConnections?: number;
}

/** Serves the app. A connection that says nothing is cut like one that does not end its headers. */
export async function listen(
  app: { callback(): RequestListener },
  { host, port, graceMs, maxConnections }: ListenOptions,
): Promise<RunningServer> {
  const handle = app.callback();
  let closing = false;
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      // An open connection would bring requests to a server that is stopping, and delay its end.
      if (closing) response.setHeader('Connection', 'close');
      response.once('close', () => closing && setImmediate(() => server.closeIdleConnections()));
      if (namesTwoHosts(request)) refuseHosts(response);
      else void handle(request, response);
    },
  );
  if (maxConnections !== undefined) limitConnections(server, maxConnections);
  server.on('clientError', refuse);
  server.listen(port, host);
  await once(server, 'listening');
  return {
    url: urlOf(server, host),
    close: async () => {
      closing = true;
      await closeWithin(server, graceMs);
    },
  };
}

async function closeWithin(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed.finally(() => clearTimeout(cut));
}

/** A proxy and this server might each believe another one (RFC 9112, 3.2). Node keeps the first one and says nothing. */
function namesTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  return rawHeaders.filter((text, i) => i % 2 === 0 && /^host$/i.test(text)).length > 1;
}

function refuseHosts(response: ServerResponse): void {
  const body = errorBody('The request has two Host headers. Send one.');
  response.writeHead(400, { 'Content-Type': 'application/json', Connection: 'close' }).end(body);
}

function errorBody(message: string): string {
  return JSON.stringify({ error: { code: 'invalid_request', message } });
}

/** Answers an unreadable HTTP request, in the same form as every other error. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, message] = REFUSALS.get(error.code ?? '') ?? ['400 Bad Request', 'This is not a valid HTTP request.'];
  const body = errorBody(message);
  const head = [`HTTP/1.1 ${status}`, 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end([...head, 'Connection: close', '', body].join('\r\n'));
  setTimeout(() => socket.destroy(), REFUSED_MS).unref();
}

const REFUSALS = new Map<string, readonly [status: string, message: string]>([
  [
    'HPE_HEADER_OVERFLOW',
    ['431 Request Header Fields Too Large', 'The headers are too large. Send fewer or shorter ones.'],
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', ['408 Request Timeout', 'The request took too long to arrive. Send it again.']],
]);

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
