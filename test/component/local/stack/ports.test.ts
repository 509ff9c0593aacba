import { createServer } from 'node:net';
import { freePort, isFree } from '../../../../src/local/stack/state/ports.ts';

const GIVEN_BY_SYSTEMS = 32_768;

test('free ports are never chosen twice, at once or in turn, and are none that the system gives to others', async () => {
  const chosen = [...(await Promise.all(Array.from({ length: 50 }, freePort))), await freePort(), await freePort()];
  expect(new Set(chosen).size).toBe(chosen.length);
  for (const port of chosen) expect(port).toBeLessThan(GIVEN_BY_SYSTEMS);
});

test('a port on which somebody listens is passed over', async () => {
  const next = (await freePort()) + 1;
  const taken = createServer().listen(next, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  expect(await isFree(next)).toBe(false);
  expect(await freePort()).not.toBe(next);
  taken.close();
});
