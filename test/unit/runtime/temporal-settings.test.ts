import { ConfigError, loadConfig } from '../../../src/runtime/config.ts';

const CERT = { TEMPORAL_TLS_CERT: '/cert.pem' };
const KEY = { TEMPORAL_TLS_KEY: '/key.pem' };

test.each([
  ['a certificate without its key', CERT, 'TEMPORAL_TLS_KEY'],
  ['a key without its certificate', KEY, 'TEMPORAL_TLS_CERT'],
  ['a certificate beside an API key', { ...CERT, ...KEY, TEMPORAL_API_KEY: 'x' }, 'TEMPORAL_API_KEY'],
])('%s stops the start, and the setting is named', (_what, env, name) => {
  expect(() => loadConfig(env)).toThrow(ConfigError);
  expect(() => loadConfig(env)).toThrow(name);
});

test.each([
  ['both of a pair', { ...CERT, ...KEY }],
  ['an API key', { TEMPORAL_API_KEY: 'x' }],
  ['a private authority alone', { TEMPORAL_TLS_CA: '/ca.pem' }],
  ['TLS alone', { TEMPORAL_TLS: 'true' }],
])('%s is taken', (_what, env) => {
  expect(() => loadConfig(env)).not.toThrow();
});
