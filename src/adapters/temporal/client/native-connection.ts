import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../../../runtime/config.ts';
import { endpoint } from './connection.ts';

/** For the worker: waits until Temporal answers. A file of its own, for the API does without the SDK's native half. */
export async function nativeConnection(config: Config): Promise<NativeConnection> {
  return NativeConnection.connect({ ...(await endpoint(config)), grpcCompression: { codec: 'none' } });
}
