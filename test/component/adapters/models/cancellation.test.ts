import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROVIDERS } from '../../../../src/domain/shared/provider.ts';
import { failureOf, modelsAt, prompt, savedStream, streamed } from './support.ts';

/** A server that says this much and never ends, and tells when a request has come and when its connection is gone. */
async function endlessServer(said?: string) {
  const came = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    request.resume();
    request.socket.once('close', () => gone.resolve());
    if (said !== undefined) response.writeHead(200, { 'content-type': 'text/event-stream' }).write(said);
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
    const server = await endlessServer();
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

  test('a call that is cancelled in the middle of its stream ends its request and gives no more text', async () => {
    const server = await endlessServer(savedStream(provider).slice(0, -3).join(''));
    try {
      const cancel = new AbortController();
      const reason = new Error('cancelled by the turn');
      const { options, pieces } = streamed();
      const onText = (text: string) => {
        options.onText(text);
        cancel.abort(reason);
      };
      const call = modelsAt(server.url)
        .get(provider)
        .generate(prompt, { ...options, signal: cancel.signal, onText });
      await expect(call).rejects.toBe(reason);
      await server.gone;
      expect(pieces).toHaveLength(1);
    } finally {
      server.close();
    }
  });

  test('a stream that turns out malformed is not read on', async () => {
    const name = provider === 'claude' ? 'event: message_delta\n' : '';
    const server = await endlessServer(`${name}data: {"type":"message_delta"}\n\n`);
    try {
      // Its deadline, which would end the request too, lies behind that of the test.
      const model = modelsAt(server.url, 600_000).get(provider);
      const error = await failureOf(model.generate(prompt, streamed().options));
      expect(error.details).toMatchObject({ reason: 'malformed_reply' });
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
