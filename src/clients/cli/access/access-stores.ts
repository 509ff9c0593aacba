import type { KeyStore, ProjectStore } from '../../../ports/access/key-store.ts';
import { systemClock } from '../../../runtime/clock-and-ids.ts';
import { loadConfig } from '../../../runtime/config.ts';
import { findMongo } from '../lib/find-service.ts';

export interface AccessStores {
  keys: KeyStore;
  projects: ProjectStore;
}

/** Runs `work` on the keys and projects of the service's database. @throws AskError `unavailable`. */
export async function withAccessStores(work: (stores: AccessStores) => Promise<void>): Promise<void> {
  // Loaded here, so that other commands do not wait for it.
  const { connectMongo, createStores, ensureIndexes } = await import('../../../adapters/mongo/index.ts');
  const connection = await connectMongo(await findMongo(loadConfig()), { appName: 'ask-cli' });
  try {
    // The unique index on project names must exist before the first project, also if no service ran yet.
    await ensureIndexes(connection);
    await work(createStores(connection, { clock: systemClock }));
  } finally {
    await connection.close();
  }
}
