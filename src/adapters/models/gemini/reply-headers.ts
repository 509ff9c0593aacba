import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { z } from 'zod';

/**
 * The headers of the HTTP reply to `call`. Gemini's SDK drops them from its errors and takes no fetch of ours, and
 * `Retry-After` stands nowhere else; so they are read from the diagnostics channels of Node's fetch, which are there for
 * such instrumentation.
 */
export async function withReplyHeaders<T>(call: (replyHeaders: () => Headers) => Promise<T>): Promise<T> {
  const reply = { headers: new Headers() };
  return replies.run(reply, () => call(() => reply.headers));
}

interface Reply {
  headers: Headers;
}

const replies = new AsyncLocalStorage<Reply>();
/** The reply's event comes from the socket, outside the caller's async context; the request's comes from inside. */
const byRequest = new WeakMap<object, Reply>();

const request = z.custom<object>((value) => typeof value === 'object' && value !== null);
const created = z.object({ request });
const replied = z.object({ request, response: z.object({ headers: z.array(z.unknown()) }) });

subscribe('undici:request:create', (message) => {
  const reply = replies.getStore();
  if (reply) byRequest.set(created.parse(message).request, reply);
});

subscribe('undici:request:headers', (message) => {
  const { data } = replied.safeParse(message);
  const reply = data && byRequest.get(data.request);
  if (reply) reply.headers = fromPairs(data.response.headers.map(String));
});

/** Names and values take turns. */
function fromPairs(flat: string[]): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < flat.length; i += 2) headers.append(flat[i] as string, flat[i + 1] as string);
  return headers;
}
