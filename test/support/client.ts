import { deepStrictEqual } from 'node:assert/strict';
import type { z } from 'zod';
import type { KeyId, ProjectId } from '../../src/domain/shared/ids.ts';
import { errorBody } from '../../src/http/kernel/schemas/error-schemas.ts';
import { routes } from '../../src/http/routes.ts';

/** A response, its body already checked against what the table promises for its status. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read single fields of bodies whose schema was checked.
  body: any;
}

export interface Sent {
  headers?: Record<string, string>;
  /** JSON, unless it is text. */
  body?: unknown;
}

export interface Client {
  keyId: KeyId;
  projectId: ProjectId;
  secret: string;
  get(path: string, sent?: Sent): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  send(method: string, path: string, sent?: Sent): Promise<Answer>;
}

export function clientOf(url: string, key: { secret: string; keyId: KeyId; projectId: ProjectId }): Client {
  const authorization = `Bearer ${key.secret}`;
  const send: Client['send'] = (method, path, sent = {}) =>
    request(url, method, path, { ...sent, headers: { authorization, ...sent.headers } });
  return {
    ...key,
    send,
    get: (path, sent) => send('GET', path, sent),
    post: (path, body, headers = {}) => send('POST', path, { body, headers }),
    delete: (path) => send('DELETE', path),
  };
}

/** One request with nothing added to it. */
export async function request(url: string, method: string, path: string, { headers, body }: Sent): Promise<Answer> {
  const isText = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
  const text = isText ? body : JSON.stringify(body);
  const response = await fetch(url + path, {
    method,
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(text === undefined ? {} : { body: text }),
  });
  const answer = { status: response.status, headers: response.headers, body: await bodyOf(response) };
  assertPromised(method, path, answer);
  return answer;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json');
  return json ? JSON.parse(text) : text;
}

/** Every answer of a route must have a status that the table names and the body that it promises, and no field more. */
function assertPromised(method: string, path: string, { status, headers, body }: Answer): void {
  if (status >= 400 && path !== '/readyz') {
    errorBody.strict().parse(body);
    return;
  }
  const pathname = path.split('?', 1)[0] ?? '';
  const route = routes.find((r) => r.method === method && pattern(r.path).test(pathname));
  if (route === undefined) return;
  const streamedJson = route.media?.[status]?.['application/json'];
  const isJson = headers.get('content-type')?.startsWith('application/json');
  const schema: z.ZodType | undefined = (isJson ? streamedJson : undefined) ?? route.responses[status];
  if (schema === undefined) throw new Error(`${method} ${path}: the table does not name status ${status}`);
  if (status !== 204) deepStrictEqual(schema.parse(body), body);
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
}
