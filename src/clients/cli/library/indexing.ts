import { Client } from '@temporalio/client';
import { lazyConnection } from '../../../adapters/temporal/client/connection.ts';
import { createLibraryGateway } from '../../../adapters/temporal/gateways/library-gateway.ts';
import { dataConverterFor } from '../../../adapters/temporal/payloads/data-converter.ts';
import type { LibraryGateway } from '../../../ports/library/library-gateway.ts';
import type { Config } from '../../../runtime/config.ts';
import { findTemporal } from '../lib/find-service.ts';

/** How far indexing workflows are. */
export interface Indexing {
  progress: LibraryGateway['indexingProgress'];
  close(): Promise<void>;
}

/** Asks the workflows themselves. Says nothing if Temporal's address is not known. */
export async function openIndexing(config: Config): Promise<Indexing> {
  const address = await findTemporal(config);
  if (address === null) return { progress: async () => null, close: async () => {} };
  const connection = await lazyConnection({ ...config, TEMPORAL_ADDRESS: address });
  const client = new Client({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter: dataConverterFor(config),
  });
  const gateway = createLibraryGateway({ client, taskQueue: config.TEMPORAL_TASK_QUEUE });
  return { progress: (id) => gateway.indexingProgress(id), close: () => connection.close() };
}
