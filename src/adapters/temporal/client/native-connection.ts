import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../../../runtime/config.ts';
import { endpoint } from './connection.ts';

/** For the worker: waits until Temporal answers. It has a file of its own, because the API does not load the SDK's native half. */
export async function nativeConnection(config: Config): Promise<NativeConnection> {
  return NativeConnection.connect({ ...(await endpoint(config)), grpcCompression: { codec: 'none' } });
}
