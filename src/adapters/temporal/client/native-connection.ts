import { NativeConnection } from '@temporalio/worker';
import { unavailable } from '../../../domain/shared/errors.ts';
import type { Config } from '../../../runtime/config.ts';
import { endpoint } from './connection.ts';

/**
 * For the worker: waits until Temporal answers. It has a file of its own, because the API does not load the SDK's native half.
 *
 * @throws AskError `unavailable` when Temporal does not answer.
 */
export async function nativeConnection(config: Config): Promise<NativeConnection> {
  const options = { ...(await endpoint(config)), grpcCompression: { codec: 'none' } } as const;
  try {
    return await NativeConnection.connect(options);
  } catch (error) {
    throw unavailable('Temporal', error);
  }
}
