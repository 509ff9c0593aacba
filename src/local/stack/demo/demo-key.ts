import { systemClock } from '../../../runtime/clock-and-ids.ts';

const PROJECT = 'demo';

/** Creates the project `demo`, unless it exists, and a test key of it. It writes to the database, because HTTP would need a key. */
export async function issueDemoKey(mongodbUri: string): Promise<{ project_id: string; key: string }> {
  // Loaded only here, so that a start that has its key does not wait for it.
  const { connectMongo, createStores, ensureIndexes } = await import('../../../adapters/mongo/index.ts');
  const connection = await connectMongo(mongodbUri, { appName: 'ask-up' });
  try {
    await ensureIndexes(connection);
    const { projects, keys } = createStores(connection, { clock: systemClock });
    const project = await projects.create(PROJECT);
    const { secret } = await keys.create({
      ...{ projectId: project.id, mode: 'test', endUserId: null, scopes: null },
      createdBy: 'first start',
    });
    return { project_id: project.id, key: secret };
  } finally {
    await connection.close();
  }
}
