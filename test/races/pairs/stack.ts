import { Client, Connection } from '@temporalio/client';
import { connectMongo, createStores, type Stores } from '../../../src/adapters/mongo/index.ts';
import { auditOf } from '../../../src/clients/cli/stack/audit-command.ts';
import type { ProjectId, SessionId } from '../../../src/domain/shared/ids.ts';
import { systemClock } from '../../../src/runtime/clock-and-ids.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import type { AuditReport } from '../../../src/use-cases/run-audit.ts';
import { ERASE, type EraseInput, expiryWorkflowId } from '../../../workflows/contract.ts';
import { databaseUri } from '../../stack/adapters/mongo/fixtures.ts';
import type { Client as ApiClient } from '../../support/client.ts';
import { type HoldingIndex, holdingIndex } from '../../support/holding-index.ts';
import { type Hold, type HoldingMongo, holdingMongo } from '../../support/holding-mongo.ts';
import { startTestTemporal } from '../../support/servers.ts';
import { type Service, startService } from '../../support/service.ts';

/** The service of the races: its database and its index stand behind proxies that hold what a test names. */
export interface PairStack {
  temporal: Client;
  hold: HoldingMongo['hold'];
  slow: HoldingIndex['slow'];
  client(): Promise<ApiClient>;
  /** Past all proxies. */
  stores: Stores;
  /** Holds the next model call. */
  holdModel(): Hold;
  /** Makes a session old, and has it erased as the maintenance does once it has listed it as expired. */
  expire(projectId: ProjectId, sessionId: SessionId): Promise<void>;
  /** Puts a document where a process that died left it. */
  leave(collection: string, document: { _id: string; [field: string]: unknown }): Promise<void>;
  holds(collection: string, id: string): Promise<boolean>;
  killWorker(): Promise<void>;
  startWorker(): Promise<void>;
  freezeWorker: Service['freezeWorker'];
  audit(options?: { repair: boolean }): Promise<AuditReport>;
  stop(): Promise<void>;
}

const LONG_AGO = '2026-01-01T00:00:00.000Z';
const RECENTLY = '2026-02-01T00:00:00.000Z';

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
  const temporal = new Client({ connection });
  return {
    temporal,
    hold: mongo.hold,
    slow: (text, ms) => index?.slow(text, ms),
    client: () => service.client(),
    stores,
    holdModel() {
      if (index === undefined) throw new Error('the service stands before its proxies');
      return index.hold('POST /openai');
    },
    async expire(projectId, id) {
      await direct.collection<{ _id: string }>('sessions').updateOne({ _id: id }, { $set: { updatedAt: LONG_AGO } });
      const tenant = { projectId, mode: 'test', endUserId: null } as const;
      const input: EraseInput = { tenant, target: { type: 'session', id }, onlyIfGone: true, idleSince: RECENTLY };
      await temporal.workflow.execute(ERASE, {
        workflowId: expiryWorkflowId(id),
        taskQueue: service.settings.TEMPORAL_TASK_QUEUE ?? '',
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    },
    async leave(collection, document) {
      await direct.collection<{ _id: string }>(collection).insertOne(document);
    },
    holds: async (collection, id) =>
      (await direct.collection<{ _id: string }>(collection).findOne({ _id: id })) !== null,
    killWorker: () => service.killWorker(),
    startWorker: () => service.startWorker(),
    freezeWorker: () => service.freezeWorker(),
    audit: ({ repair } = { repair: false }) => auditOf(loadConfig(service.settings), repair),
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
