import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROVIDERS } from '../../src/domain/provider.ts';
import { modelsAt, prompt } from './support.ts';

/** A server that never answers, and tells when a request has come and when its connection is gone. */
async function silentServer() {
  const came = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const server = createServer((request) => {
    request.resume();
    request.socket.once('close', () => gone.resolve());
    came.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, came: came.promise, gone: gone.promise, close };
}

describe.each(PROVIDERS)('%s', (provider) => {
  test('a cancelled call ends its request and throws the reason of the signal', async () => {
    const server = await silentServer();
    try {
      const cancel = new AbortController();
      const options = { signal: cancel.signal, maxOutputTokens: 500 };
      const call = modelsAt(server.url).get(provider).generate(prompt, options);
      const outcome = call.catch((error: unknown) => error);
      await server.came;
      const reason = new Error('cancelled by the turn');
      cancel.abort(reason);
      expect(await outcome).toBe(reason);
      await server.gone;
    } finally {
      server.close();
    }
  });

  test('a call that was cancelled before it began throws the reason of the signal', async () => {
    const reason = new Error('cancelled before');
    const options = { signal: AbortSignal.abort(reason), maxOutputTokens: 500 };
    await expect(modelsAt('http://127.0.0.1:9').get(provider).generate(prompt, options)).rejects.toBe(reason);
  });
});
