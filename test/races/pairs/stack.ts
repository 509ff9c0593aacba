import { Client, Connection } from '@temporalio/client';
import { connectMongo, createStores, type Stores } from '../../../src/adapters/mongo/index.ts';
import { auditOf } from '../../../src/clients/cli/stack/audit-command.ts';
import type { ProjectId } from '../../../src/domain/shared/ids.ts';
import type { Finding } from '../../../src/ports/audit.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { databaseUri } from '../../stack/adapters/mongo/fixtures.ts';
import type { Client as ApiClient } from '../../support/client.ts';
import { type HoldingIndex, holdingIndex } from '../../support/holding-index.ts';
import { type Hold, type HoldingMongo, holdingMongo } from '../../support/holding-mongo.ts';
import { startTestTemporal } from '../../support/servers.ts';
import { type Service, startService } from '../../support/service.ts';

/** The service of the races: its database and its index stand behind proxies that hold what a test names. */
export interface PairStack {
  temporal: Client;
  taskQueue: string;
  hold: HoldingMongo['hold'];
  slow: HoldingIndex['slow'];
  client(): Promise<ApiClient>;
  /** Past all proxies. */
  stores: Stores;
  /** Holds the next model call. */
  holdModel(): Hold;
  /** Makes a session older than what its project keeps. */
  makeOld(projectId: ProjectId, sessionId: string): Promise<void>;
  /** Puts a document where a process that died left it. */
  leave(collection: string, document: { _id: string; [field: string]: unknown }): Promise<void>;
  holds(collection: string, id: string): Promise<boolean>;
  killWorker(): Promise<void>;
  startWorker(): Promise<void>;
  freezeWorker: Service['freezeWorker'];
  audit(): Promise<Finding[]>;
  stop(): Promise<void>;
}

/** So few events that a session is continued as new after some turns. */
const SHORT_HISTORIES = ['limit.historyCount.suggestContinueAsNew=40'];

/** @param settings of the roles */
export async function startPairStack(settings: Record<string, string> = {}): Promise<PairStack> {
  const uri = databaseUri();
  const server = await startTestTemporal({ dynamicConfig: SHORT_HISTORIES });
  const mongo = await holdingMongo(uri);
  let index: HoldingIndex | undefined;
  const service = await startService({
    settings: async (sandboxUrl) => {
      index = await holdingIndex(sandboxUrl);
      return {
        MONGODB_URI: mongo.uri,
        TEMPORAL_ADDRESS: server.address,
        SANDBOX_URL: index.url,
        SESSION_IDLE_MS: '2000',
        ...settings,
      };
    },
  });
  const direct = await connectMongo(uri, { appName: 'races' });
  const stores = createStores(direct, { clock: systemClock });
  const connection = await Connection.connect({ address: server.address });
  return {
    temporal: new Client({ connection }),
    taskQueue: service.settings.TEMPORAL_TASK_QUEUE ?? '',
    hold: mongo.hold,
    slow: (text, ms) => index?.slow(text, ms),
    client: () => service.client(),
    stores,
    holdModel() {
      if (index === undefined) throw new Error('the service stands before its proxies');
      return index.hold('POST /openai');
    },
    async makeOld(projectId, sessionId) {
      await stores.projects.update(projectId, { askRetentionDays: 30 });
      const updatedAt = '2026-01-01T00:00:00.000Z';
      await direct.collection<{ _id: string }>('sessions').updateOne({ _id: sessionId }, { $set: { updatedAt } });
    },
    async leave(collection, document) {
      await direct.collection<{ _id: string }>(collection).insertOne(document);
    },
    holds: async (collection, id) =>
      (await direct.collection<{ _id: string }>(collection).findOne({ _id: id })) !== null,
    killWorker: () => service.killWorker(),
    startWorker: () => service.startWorker(),
    freezeWorker: () => service.freezeWorker(),
    audit: async () => (await auditOf(loadConfig({ ...service.settings, MONGODB_URI: uri }), false)).findings,
    async stop() {
      await connection.close();
      await direct.close();
      await service.stop();
      await mongo.close();
      index?.close();
      await server.stop();
    },
  };
}
