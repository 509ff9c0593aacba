import {
  type Client,
  QueryRejectedError,
  WithStartWorkflowOperation,
  type WorkflowHandle,
  WorkflowNotFoundError,
  type WorkflowUpdateHandle,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ASK_SESSION,
  askResultQuery,
  askUpdate,
  cancelTurnUpdate,
  openUpdate,
  type SessionInput,
  type SessionSettings,
  sessionWorkflowId,
  type TurnReceipt,
  type TurnRequest,
  type TurnSnapshot,
} from '../../../../workflows/contract.ts';
import type { Tenant } from '../../../domain/access/tenant.ts';
import type { NewSession } from '../../../domain/ask/session.ts';
import { type AskResult, isFinished, type RunResult, type Turn } from '../../../domain/ask/turn.ts';
import { AskError, notFound, unavailable } from '../../../domain/shared/errors.ts';
import type { SessionId, TurnId } from '../../../domain/shared/ids.ts';
import type { AskCommand, SessionGateway, TurnOutcome } from '../../../ports/ask/session-gateway.ts';
import type { SessionStore } from '../../../ports/ask/session-store.ts';
import { sessionAttributesOf } from '../client/search-attributes.ts';
import { callTemporal } from '../client/update-errors.ts';
import { sendUpdate } from './send-update.ts';

export interface SessionGatewayOptions {
  /** With `queryRejectCondition: 'NOT_OPEN'`: a closed run would be replayed for each query. */
  client: Client;
  sessions: Pick<SessionStore, 'find' | 'findTurn' | 'findAnswer'>;
  taskQueue: string;
  settings: SessionSettings;
  askWaitMs: number;
}

/** How long Temporal and a worker may take to accept an update before they count as away. */
const ACCEPT_MS = 10_000;
/** A query needs a live worker; without one the database answers. */
const QUERY_MS = 2_000;

export function createSessionGateway(options: SessionGatewayOptions): SessionGateway {
  const { client, sessions, askWaitMs } = options;
  const handleOf = (id: SessionId, runId?: string) => client.workflow.getHandle(sessionWorkflowId(id), runId);

  return {
    async open(session) {
      const tenant = ownerOf(session);
      await sendUpdate(client, ACCEPT_MS, () =>
        client.workflow.executeUpdateWithStart(openUpdate, {
          startWorkflowOperation: startOperation(options, tenant, session, true),
        }),
      );
    },

    async ask(command) {
      const receipt = await sendUpdate(
        client,
        askWaitMs,
        () => client.workflow.executeUpdateWithStart(askUpdate, turnUpdate(options, command)),
        () => explainWait(command),
      );
      return receipt === 'interrupted' ? { status: 'interrupted' } : outcomeOf(command, receipt);
    },

    async askAsync(command) {
      await sendUpdate(client, ACCEPT_MS, async () => {
        // Made anew for each try: the SDK takes a start operation only once.
        const start = { ...turnUpdate(options, command), waitForStage: 'ACCEPTED' as const };
        await throwIfRefused(await client.workflow.startUpdateWithStart(askUpdate, start));
      });
    },

    async turn(sessionId, turnId) {
      const handle = handleOf(sessionId);
      const snapshot = await snapshotOf(handle, turnId);
      if (snapshot === null) return null;
      // A turn does not outlive its run: one that the newest run does not know has ended, or was cut off with an earlier run.
      if (snapshot === 'closed' || snapshot.turn === null) return 'unknown';
      const { turn, result, context } = snapshot;
      return { turn: await withAttempt(handle, turn), result: withSources(result), context };
    },

    async cancel(sessionId, turnId) {
      await sendUpdate(client, ACCEPT_MS, async () => {
        try {
          await handleOf(sessionId).executeUpdate(cancelTurnUpdate, { args: [turnId] });
        } catch (error) {
          // The run has closed, so the turn has ended.
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
      });
    },
  };

  /** The answer out of the run that gave it, while a worker has it in memory; else out of the database. */
  async function outcomeOf({ tenant, session }: AskCommand, receipt: TurnReceipt): Promise<TurnOutcome> {
    const { turnId, messageId, runId, outcome } = receipt;
    if (outcome.status !== 'completed') return { ...outcome, messageId };
    const snapshot = await snapshotOf(handleOf(session.id, runId), turnId);
    const result = snapshot === 'closed' ? null : withSources(snapshot?.result ?? null);
    if (result !== null) return { status: 'completed', result };
    const message = await sessions.findAnswer(tenant, session.id, messageId);
    if (message === null) {
      // A closed run knows its turns until it is removed, a moment after its session.
      const stands = (await sessions.find(tenant, session.id)) !== null;
      throw stands ? unavailable('The session') : notFound('session', session.id);
    }
    return { status: 'completed', result: { sessionId: session.id, turnId, message } };
  }

  /** Throws what the workflow refused the update with: the SDK counts a refused one as accepted, and tells with its result. */
  async function throwIfRefused(update: WorkflowUpdateHandle<TurnReceipt>): Promise<void> {
    try {
      // Without time to ask the server: only what came with the acceptance.
      await client.withDeadline(0, () => update.result());
    } catch (error) {
      if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) throw error;
    }
  }

  /** After the wait is over: a turn that is stored or that a run knows goes on; one that no worker took up has not begun. */
  async function explainWait({ tenant, session, turnId }: AskCommand): Promise<AskError> {
    const [snapshot, stored] = await Promise.all([
      snapshotOf(handleOf(session.id), turnId),
      sessions.findTurn(tenant, session.id, turnId),
    ]);
    const known = stored !== null || (snapshot !== 'closed' && snapshot?.turn != null);
    if (!known) return unavailable('The worker');
    return new AskError(
      'turn_in_progress',
      'The answer takes longer than this request waits. It will stand in the session; read the turn.',
      {
        details: { session_id: session.id, turn_id: turnId },
        retryAfterMs: 1_000,
      },
    );
  }

  /** What an open run knows of a turn; null when it does not answer, and then the database is the record. */
  async function snapshotOf(handle: WorkflowHandle, turnId: TurnId): Promise<TurnSnapshot | 'closed' | null> {
    try {
      return await client.withDeadline(Date.now() + QUERY_MS, () => handle.query(askResultQuery, turnId));
    } catch (error) {
      return error instanceof QueryRejectedError || error instanceof WorkflowNotFoundError ? 'closed' : null;
    }
  }
}

/** The answer with its sources; null where these stand in the database, and with them the whole answer. */
function withSources(result: RunResult | null): AskResult | null {
  if (result === null || result.message.sources === null) return null;
  return { ...result, message: { ...result.message, sources: result.message.sources } };
}

function turnUpdate(options: SessionGatewayOptions, command: AskCommand) {
  const { turnId, question, provider, requestId, subscribers } = command;
  const request: TurnRequest = {
    turnId,
    question,
    provider,
    requestId,
    ...(subscribers && { subscribers }),
  };
  return {
    args: [request] as [TurnRequest],
    // A repeated update id attaches to the turn; a turn that failed must run, not repeat its failure.
    updateId: command.again ? `${turnId}/${crypto.randomUUID()}` : turnId,
    startWorkflowOperation: startOperation(options, command.tenant, command.session, command.create),
  };
}

function startOperation(
  { taskQueue, settings }: SessionGatewayOptions,
  tenant: Tenant,
  session: NewSession,
  create: boolean,
) {
  const { id: sessionId, scope } = session;
  const input: SessionInput = { tenant, sessionId, create: create ? session : null, scopeType: scope.type, settings };
  return new WithStartWorkflowOperation(ASK_SESSION, {
    workflowId: sessionWorkflowId(session.id),
    workflowIdConflictPolicy: 'USE_EXISTING',
    taskQueue,
    args: [input],
    typedSearchAttributes: sessionAttributesOf(session),
    staticSummary: `Ask session ${session.id}`,
    staticDetails: `Scope: ${session.scope.type}. End user: ${session.endUserId}.`,
  });
}

function ownerOf({ projectId, mode, endUserId }: NewSession): Tenant {
  return { projectId, mode, endUserId };
}

/** The model call's attempt stands in the server, not in the workflow. */
async function withAttempt(handle: WorkflowHandle, turn: Turn): Promise<Turn> {
  if (isFinished(turn.status)) return turn;
  const { raw } = await callTemporal(() => handle.describe());
  const attempt = raw.pendingActivities?.find((a) => a.activityType?.name === 'generateAnswer')?.attempt;
  return { ...turn, attempt: attempt ?? turn.attempt };
}
