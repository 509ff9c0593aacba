import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client, Sent } from '../../../support/client.ts';

/** What all clients of a soak have done so far. */
export interface Tally {
  requests: number;
  /** Requests that were sent again because the answer was a 429 or a 503. */
  repeats: number;
  turns: number;
  errors: string[];
}

/** A client for which every answer of another status than the expected one is an error. */
export interface CheckedClient {
  tally: Tally;
  send(method: string, path: string, status: number, sent?: Sent): Promise<Answer>;
  /** Without a body a GET, else a POST, answered with server-sent events. */
  stream(path: string, sent: { headers?: Record<string, string>; body?: object }): Promise<Response>;
}

/** @param url of the API */
export function checkedClient(url: string, client: Client, tally: Tally): CheckedClient {
  async function decided<A extends Pick<Answer, 'status' | 'headers'>>(
    what: string,
    status: number,
    send: () => Promise<A>,
  ) {
    for (;;) {
      tally.requests++;
      const answer = await send();
      if (answer.status === status) return answer;
      const retryAfter = Number(answer.headers.get('retry-after'));
      if (![429, 503].includes(answer.status) || retryAfter === 0)
        throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer)}`);
      tally.repeats++;
      await sleep(retryAfter * 1_000);
    }
  }
  return {
    tally,
    send(method, path, status, sent = {}) {
      const headers = { ...keyFor(method), ...sent.headers };
      return decided(`${method} ${path}`, status, () => client.send(method, path, { ...sent, headers }));
    },
    stream(path, { headers: given, body }) {
      const method = body === undefined ? 'GET' : 'POST';
      const headers = {
        authorization: `Bearer ${client.secret}`,
        accept: 'text/event-stream',
        'content-type': 'application/json',
        ...keyFor(method),
        ...given,
      };
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      return decided(`${method} ${path}, streamed`, 200, () => fetch(url + path, init));
    },
  };
}

/** What is sent again must not be done twice. */
function keyFor(method: string): Record<string, string> {
  return method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
}
