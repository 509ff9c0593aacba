import { aQuestion, transcriptReference } from '../../support/context-references.ts';
import './quiet.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Context } from '@temporalio/activity';
import { Client, Connection, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { AnswerReceipt } from '../../../activities/ask/record-answer.ts';
import type { Activities } from '../../../activities/index.ts';
import { sessionAttributesOf } from '../../../src/adapters/temporal/client/search-attributes.ts';
import { workflowBundle } from '../../../src/adapters/temporal/worker/workflow-bundle.ts';
import type { SessionScope } from '../../../src/domain/ask/scope.ts';
import type { NewSession } from '../../../src/domain/ask/session.ts';
import { answerIdOf, idFromBytes, type MessageId } from '../../../src/domain/shared/ids.ts';
import type { Provider } from '../../../src/domain/shared/provider.ts';
import {
  askResultQuery,
  askUpdate,
  cancelTurnUpdate,
  deleteRunUpdate,
  openUpdate,
  type SessionInput,
  type SessionSettings,
  sessionWorkflowId,
  type TurnRequest,
} from '../../../workflows/contract.ts';

export type SessionActivities = Pick<
  Activities,
  | 'createSession'
  | 'beginTurn'
  | 'recordQuestion'
  | 'gatherContext'
  | 'generateAnswer'
  | 'recordAnswer'
  | 'recordFailure'
  | 'deleteSessionRun'
>;

const fresh = <P extends 'as' | 'msg' | 'trn' | 'prj' | 'eu' | 'txn'>(prefix: P) => {
  const bytes = randomBytes(16);
  return idFromBytes(prefix, bytes);
};

/** The steps of a session as a script: each does the least, writes a log, and can be replaced. */
export function scriptedActivities(replaced: Partial<SessionActivities> = {}) {
  const log: string[] = [];
  const activities: SessionActivities = {
    async createSession(session) {
      log.push(`create ${session.id}`);
    },
    async beginTurn({ question }) {
      log.push(`question ${question.content}`);
      const context = transcriptReference(fresh('txn'));
      return { messageId: question.id, answer: null, providers: ['openai'], context };
    },
    async recordQuestion({ question }) {
      log.push(`question ${question.content}`);
      return { messageId: question.id, answer: null, providers: ['openai'] };
    },
    async gatherContext() {
      return transcriptReference(fresh('txn'));
    },
    async generateAnswer({ provider }) {
      return anAnswer(provider);
    },
    async recordAnswer({ messageId }) {
      log.push('answer');
      return receiptFor(messageId);
    },
    async recordFailure({ turn }) {
      log.push(`${turn.status} ${turn.error?.details?.reason ?? turn.error?.kind}`);
      return null;
    },
    async deleteSessionRun() {},
    ...replaced,
  };
  return { activities, log };
}

export function anAnswer(provider: Provider = 'openai') {
  return {
    content: 'On May 12.',
    parts: [{ type: 'text' as const, text: 'On May 12.' }],
    tokens: { input: 10, output: 4, cached: 0 },
    model: 'scripted',
    provider,
    finishReason: 'stop' as const,
    grounding: null,
    // As while the database is away: the session stores it by a step of its own.
    receipt: null,
  };
}

/** What the model step tells once it has stored the answer itself. */
export function receiptFor(messageId: MessageId): AnswerReceipt {
  return { kind: 'this', id: answerIdOf(messageId), position: 1, createdAt: '2026-01-01T00:00:01.000Z' };
}

/** A model call that lasts until it is cancelled. */
export async function untilCancelled(): Promise<never> {
  const context = Context.current();
  const beating = setInterval(() => context.heartbeat(), 200);
  try {
    return await context.cancelled;
  } finally {
    clearInterval(beating);
  }
}

export interface SessionHarness {
  client: Client;
  taskQueue: string;
  /** A worker of this harness's task queue with these activities, until `stop`. */
  startWorker(activities: Partial<Activities>): Promise<{ stop(): Promise<void> }>;
  /** A session over a library, where no other scope is given. */
  session(settings?: Partial<SessionSettings>, scope?: SessionScope): SessionUnderTest;
  close(): Promise<void>;
}

export type SessionUnderTest = ReturnType<typeof sessionUnderTest>;

/** @param options.dataConverter how client and worker write what they say; without it, in clear. */
export async function sessionHarness(
  options: { address?: string | undefined; taskQueue?: string; dataConverter?: DataConverter } = {},
): Promise<SessionHarness> {
  const {
    address = process.env.TEST_TEMPORAL_ADDRESS,
    taskQueue = `test-${randomUUID()}`,
    dataConverter = {},
  } = options;
  if (address === undefined) throw new Error('TEST_TEMPORAL_ADDRESS is not set: the stack project sets it up');
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const bundle = await workflowBundle(join(tmpdir(), 'ask-api-test-bundles'), dataConverter);
  const client = new Client({ connection, identity: 'test-client', dataConverter });
  /** Of a test that failed in the middle: one left would keep the test run alive. */
  const left = new Set<() => Promise<void>>();
  return {
    client,
    taskQueue,
    async startWorker(activities) {
      const worker = await Worker.create({
        connection: native,
        identity: 'test-worker',
        taskQueue,
        dataConverter,
        workflowBundle: bundle,
        activities,
        stickyQueueScheduleToStartTimeout: '1s',
        maxHeartbeatThrottleInterval: '200ms',
      });
      const running = worker.run();
      const stop = async () => {
        left.delete(stop);
        worker.shutdown();
        await running;
      };
      left.add(stop);
      return { stop };
    },
    session: (settings, scope) => sessionUnderTest(client, taskQueue, settings, scope),
    async close() {
      await Promise.all([...left].map((stop) => stop()));
      await connection.close();
      await native.close();
    },
  };
}

function sessionUnderTest(
  client: Client,
  taskQueue: string,
  changed: Partial<SessionSettings> = {},
  scope: SessionScope = { type: 'library' },
) {
  const tenant = { projectId: fresh('prj'), mode: 'test' as const, endUserId: fresh('eu') };
  const session: NewSession = {
    ...tenant,
    id: fresh('as'),
    scope,
    title: 'New chat',
    recordingTitle: null,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const settings = {
    idleMs: 60_000,
    maxQueued: 64,
    model: { timeoutMs: 10_000, maxAttempts: 3, budgetMs: 20_000 },
    ...changed,
  };
  const workflowId = sessionWorkflowId(session.id);
  const start = (create = true) => {
    const input: SessionInput = {
      tenant,
      sessionId: session.id,
      create: create ? session : null,
      scopeType: scope.type,
      settings,
    };
    return new WithStartWorkflowOperation('askSession', {
      workflowId,
      workflowIdConflictPolicy: 'USE_EXISTING',
      taskQueue,
      args: [input],
      typedSearchAttributes: sessionAttributesOf(session),
    });
  };

  return {
    id: session.id,
    workflowId,
    handle: (runId?: string): WorkflowHandle => client.workflow.getHandle(workflowId, runId),
    open: () => client.workflow.executeUpdateWithStart(openUpdate, { startWorkflowOperation: start() }),
    /** `create`: as a turn that stores the session. `again`: as a turn that failed and is run anew. */
    ask: (turn: TurnRequest, { create = true, again = false } = {}) =>
      client.workflow.executeUpdateWithStart(askUpdate, {
        args: [turn],
        updateId: again ? `${turn.turnId}/${randomUUID()}` : turn.turnId,
        startWorkflowOperation: start(create),
      }),
    begin: (turn: TurnRequest) =>
      client.workflow.startUpdateWithStart(askUpdate, {
        args: [turn],
        updateId: turn.turnId,
        waitForStage: 'ACCEPTED',
        startWorkflowOperation: start(),
      }),
    cancelTurn: (turn: TurnRequest) =>
      client.workflow.getHandle(workflowId).executeUpdate(cancelTurnUpdate, { args: [turn.turnId] }),
    deleteRun: () => client.workflow.getHandle(workflowId).executeUpdate(deleteRunUpdate),
    snapshot: (turn: TurnRequest, runId?: string) =>
      client.workflow.getHandle(workflowId, runId).query(askResultQuery, turn.turnId),
  };
}

export const OVER_A_RECORDING: SessionScope = { type: 'recording', recordingId: 'rec_1' };

export function aTurn(content = 'When is the launch?'): TurnRequest {
  return {
    turnId: fresh('trn'),
    question: aQuestion(fresh('msg'), content),
    provider: null,
    requestId: 'test',
  };
}
