import { randomBytes } from 'node:crypto';
import { ConfigError, loadConfig } from '../../../src/runtime/config.ts';

const secret = randomBytes(32).toString('base64');
const keysOf = (text: string) => loadConfig({ PAYLOAD_KEYS: text }).PAYLOAD_KEYS;

test('payloads stay in clear when no key is set', () => {
  expect(loadConfig({}).PAYLOAD_KEYS).toEqual([]);
});

test('several keys are read in their order', () => {
  expect(keysOf(`new:${secret}, old:${secret}`).map(({ id }) => id)).toEqual(['new', 'old']);
});

test.each([
  ['without an id', secret],
  ['that is too short', `a:${randomBytes(16).toString('base64')}`],
  ['that is no base64', 'a:!!!'],
  ['whose id stands twice', `a:${secret},a:${secret}`],
  ['that is empty', `a:${secret},`],
])('a key %s is refused without being quoted', (_what, text) => {
  const refused = () => keysOf(text);
  expect(refused).toThrow(ConfigError);
  expect(refused).toThrow('PAYLOAD_KEYS');
  expect(refused).not.toThrow(secret);
});
