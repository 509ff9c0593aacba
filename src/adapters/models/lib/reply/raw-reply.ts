import { AsyncLocalStorage } from 'node:async_hooks';

/** One request of an SDK: the signal that ends it, and what came back. */
interface Exchange {
  signal: AbortSignal;
  response?: Response;
  failure?: unknown;
}

const exchanges = new AsyncLocalStorage<Exchange>();
const systemFetch = globalThis.fetch;

/**
 * The raw reply to the one request that `send` makes through an SDK. The SDKs make good requests, but their parsers hide
 * what real servers send: named events, `[DONE]`, errors with status 200, bodies of another content type.
 *
 * @throws what kept the request from a reply.
 */
export async function rawReply(signal: AbortSignal, send: () => PromiseLike<unknown>): Promise<Response> {
  const exchange: Exchange = { signal };
  try {
    await exchanges.run(exchange, async () => await send());
  } catch (error) {
    if (exchange.response === undefined) throw exchange.failure ?? error;
  }
  if (exchange.response === undefined) throw new TypeError('The SDK sent no request through the given fetch.');
  return exchange.response;
}

/** The fetch to give to an SDK: it keeps the reply for `rawReply`, and ends the SDK's own part with an error. */
export const keepingFetch: typeof fetch = async (input, init) => {
  const exchange = exchanges.getStore();
  if (exchange === undefined) return systemFetch(input, init);
  try {
    exchange.response = await systemFetch(input, { ...init, signal: exchange.signal });
  } catch (error) {
    exchange.failure = error;
  }
  throw new Error('The reply is read by its adapter.');
};
