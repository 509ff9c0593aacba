import { Client } from '@temporalio/client';
import { connectMongo, createStores, openIndexStates } from '../../../adapters/mongo/index.ts';
import { initialIndex } from '../../../adapters/pinecone/index.ts';
import { lazyConnection } from '../../../adapters/temporal/client/connection.ts';
import { createReindexGateway } from '../../../adapters/temporal/gateways/reindex-gateway.ts';
import { dataConverterFor } from '../../../adapters/temporal/payloads/data-converter.ts';
import type { ProjectStore } from '../../../ports/access/key-store.ts';
import type { IndexedTranscripts } from '../../../ports/library/indexed-transcripts.ts';
import type { ReindexGateway } from '../../../ports/library/reindex-gateway.ts';
import type { IndexStates } from '../../../ports/library/search-indexes.ts';
import { systemClock } from '../../../runtime/clock-and-ids.ts';
import type { Config } from '../../../runtime/config.ts';
import { CliError } from '../lib/failure.ts';
import { findMongo, findTemporal } from '../lib/find-service.ts';

/** What the commands about the index need. */
export interface Reindexing {
  gateway: ReindexGateway;
  states: IndexStates;
  projects: ProjectStore;
  indexed: IndexedTranscripts;
  close(): Promise<void>;
}

export async function openReindexing(config: Config): Promise<Reindexing> {
  const address = await findTemporal(config);
  if (address === null) throw new CliError('No Temporal is known here. Start the stack, or set TEMPORAL_ADDRESS.');
  const mongo = await connectMongo(await findMongo(config), { appName: 'ask-reindex' });
  const connection = await lazyConnection({ ...config, TEMPORAL_ADDRESS: address });
  const client = new Client({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter: dataConverterFor(config),
  });
  const { projects, indexed } = createStores(mongo, { clock: systemClock });
  return {
    projects,
    indexed,
    gateway: createReindexGateway({ client, taskQueue: config.TEMPORAL_TASK_QUEUE, clock: systemClock }),
    states: openIndexStates(mongo, systemClock, initialIndex(config)),
    async close() {
      await connection.close();
      await mongo.close();
    },
  };
}
