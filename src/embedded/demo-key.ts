import { keyStore } from '../mongo/access/key-store.ts';
import { projectStore } from '../mongo/access/project-store.ts';
import { connectMongo } from '../mongo/connect.ts';
import { ensureIndexes } from '../mongo/indexes.ts';
import { freshIds, systemClock } from '../system.ts';

const PROJECT = 'demo';

/** Creates the project `demo`, unless it is there, and a test key of it. Needs no running API: it would ask for a key. */
export async function issueDemoKey(mongodbUri: string): Promise<{ project_id: string; key: string }> {
  const connection = await connectMongo(mongodbUri, { appName: 'ask-up' });
  try {
    await ensureIndexes(connection);
    const services = { clock: systemClock, ids: freshIds(systemClock) };
    const project = await projectStore(connection, services).create(PROJECT);
    const keys = keyStore(connection, { ...services, onUseLost: () => undefined });
    const { secret } = await keys.create({
      projectId: project.id,
      mode: 'test',
      endUserId: null,
      scopes: null,
      createdBy: 'first start',
    });
    return { project_id: project.id, key: secret };
  } finally {
    await connection.close();
  }
}
