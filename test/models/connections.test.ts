import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROVIDERS } from '../../src/domain/provider.ts';
import { fixture, modelsAt, patient, prompt } from './support.ts';

test.each(PROVIDERS)('%s: calls after one another share their connections', async (provider) => {
  let connections = 0;
  const reply = JSON.stringify(fixture(provider, 'success'));
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(reply));
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const model = modelsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).get(provider);
  for (let i = 0; i < 10; i++) await model.generate(prompt, patient());
  server.closeAllConnections();
  server.close();
  // Two, for fetch may take up a call before it has put the last one's connection back.
  expect(connections).toBeLessThanOrEqual(2);
});
