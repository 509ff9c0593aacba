import { nativeConnection } from '../../../src/adapters/temporal/client/native-connection.ts';
import { loadConfig } from '../../../src/runtime/config.ts';

const connect = (settings: Record<string, string>) =>
  nativeConnection(loadConfig({ TEMPORAL_ADDRESS: '127.0.0.1:9', ...settings }));

test('a Temporal that does not answer is named, so that the start can say which setting to check', async () => {
  await expect(connect({})).rejects.toMatchObject({ kind: 'unavailable', details: { dependency: 'Temporal' } });
});

test('a certificate that cannot be read is a wrong setting', async () => {
  await expect(connect({ TEMPORAL_TLS_CA: '/nowhere/ca.pem' })).rejects.toThrow('TEMPORAL_TLS_CA: the file');
});
