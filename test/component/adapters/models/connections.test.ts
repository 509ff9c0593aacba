import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROVIDERS } from '../../../../src/domain/shared/provider.ts';
import type { LanguageModel } from '../../../../src/ports/language-model.ts';
import { fixture, modelsAt, patient, prompt, savedStream, streamed } from './support.ts';

/** How many connections these calls take, one after another, where each is answered with this. */
async function connectionsOf(reply: string, call: (url: string) => Promise<unknown>): Promise<number> {
  let connections = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(reply));
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await call(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.closeAllConnections();
  server.close();
  return connections;
}

describe.each(PROVIDERS)('%s: calls after one another share their connections', (provider) => {
  const tenCalls = (options: () => Parameters<LanguageModel['generate']>[1]) => async (url: string) => {
    const model = modelsAt(url).get(provider);
    for (let i = 0; i < 10; i++) await model.generate(prompt, options());
  };

  // At most two, for fetch may take up a call before it has put the last one's connection back.
  test('whole', async () => {
    const reply = JSON.stringify(fixture(provider, 'success'));
    expect(await connectionsOf(reply, tenCalls(patient))).toBeLessThanOrEqual(2);
  });

  test('streamed', async () => {
    const reply = savedStream(provider).join('');
    expect(
      await connectionsOf(
        reply,
        tenCalls(() => streamed().options),
      ),
    ).toBeLessThanOrEqual(2);
  });
});

test('a server that never closes its stream has answered when it has told why it stops', async () => {
  const chunk = (delta: object, finish_reason: string | null) => ({ choices: [{ delta, finish_reason }] });
  const chunks = [chunk({ content: 'Blue.' }, null), chunk({}, 'stop')];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      for (const each of chunks) response.write(`data: ${JSON.stringify(each)}\n\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const reply = await modelsAt(url).get('openai').generate(prompt, streamed().options);
  server.closeAllConnections();
  server.close();
  expect(reply).toMatchObject({ text: 'Blue.', finishReason: 'stop' });
});
