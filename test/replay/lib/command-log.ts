import type { coresdk } from '@temporalio/proto';
import {
  defaultPayloadConverter,
  proxySinks,
  type Sinks,
  type WorkflowInterceptorsFactory,
} from '@temporalio/workflow';
import { delayOf, milliseconds } from './milliseconds.ts';

/** One line of a run's log: what came to the workflow, or what the workflow sent, in order. */
export type LogEntry =
  | { came: string; of?: string | undefined; as?: string | undefined }
  | { sent: string; of?: string | undefined; carries?: unknown; afterMs?: number | undefined };

/** Where the log goes. Strings, because a sink call leaves the workflow's thread. */
export interface CommandLogSinks extends Sinks {
  commandLog: { write(entry: string): void };
}

type Job = coresdk.workflow_activation.IWorkflowActivationJob;
type Command = coresdk.workflow_commands.IWorkflowCommand;
type Payloads = readonly Parameters<typeof defaultPayloadConverter.fromPayload>[0][];

const { commandLog } = proxySinks<CommandLogSinks>();

/**
 * Part of the workflow bundle of a replay. It logs every command with what it carries, and between the commands what the
 * workflow had heard by then: so it shows whether two steps run at once or one after the other.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const names = new Map<string, string>();
  const write = (entry: LogEntry | null) => entry && commandLog.write(JSON.stringify(entry));
  return {
    internals: [
      {
        activate(input, next) {
          for (const job of input.activation.jobs ?? []) write(heard(job, names));
          next(input);
        },
        concludeActivation(input, next) {
          for (const command of input.commands) write(sent(command, names));
          return next(input);
        },
      },
    ],
  };
};

function heard(job: Job, names: ReadonlyMap<string, string>): LogEntry | null {
  if (job.resolveActivity) {
    const { seq, result } = job.resolveActivity;
    const as = (['completed', 'failed', 'cancelled', 'backoff'] as const).find((state) => result?.[state]);
    return { came: 'resolveActivity', of: names.get(`activity ${seq}`), as };
  }
  if (job.resolveChildWorkflowExecution) {
    return { came: 'resolveChild', of: names.get(`child ${job.resolveChildWorkflowExecution.seq}`) };
  }
  if (job.doUpdate) return { came: 'update', of: `${job.doUpdate.name} ${job.doUpdate.protocolInstanceId}` };
  if (job.fireTimer) return { came: 'fireTimer' };
  if (job.cancelWorkflow) return { came: 'cancelWorkflow' };
  return null;
}

function sent(command: Command, names: Map<string, string>): LogEntry {
  const activity = command.scheduleActivity ?? command.scheduleLocalActivity;
  if (activity) {
    const name = activity.activityType ?? '';
    names.set(`activity ${activity.seq}`, name);
    const kind = command.scheduleActivity ? 'scheduleActivity' : 'scheduleLocalActivity';
    return { sent: kind, of: name, carries: values(activity.arguments) };
  }
  const cancelled = command.requestCancelActivity ?? command.requestCancelLocalActivity;
  if (cancelled) return { sent: 'cancelActivity', of: names.get(`activity ${cancelled.seq}`) };
  const child = command.startChildWorkflowExecution;
  if (child) {
    names.set(`child ${child.seq}`, `${child.workflowType} ${child.workflowId}`);
    return { sent: 'startChild', of: `${child.workflowType} ${child.workflowId}`, carries: values(child.input) };
  }
  const next = command.continueAsNewWorkflowExecution;
  if (next) {
    const [of, carries] = [next.workflowType ?? '', values(next.arguments)];
    return { sent: 'continueAsNew', of, carries, ...delayOf(next.backoffStartInterval) };
  }
  const upsert = command.upsertWorkflowSearchAttributes;
  if (upsert) return { sent: 'upsertSearchAttributes', carries: fields(upsert.searchAttributes?.indexedFields) };
  const response = command.updateResponse;
  if (response) {
    const { protocolInstanceId: of, completed, rejected } = response;
    if (completed) return { sent: 'updateCompleted', of: of ?? '', carries: values([completed]) };
    return { sent: rejected ? 'updateRejected' : 'updateAccepted', of: of ?? '' };
  }
  if (command.startTimer) return { sent: 'startTimer', carries: milliseconds(command.startTimer.startToFireTimeout) };
  if (command.setPatchMarker) return { sent: 'setPatchMarker', of: command.setPatchMarker.patchId ?? '' };
  const [kind] = Object.keys(command);
  return { sent: kind ?? '' };
}

function values(payloads: Payloads | null | undefined): unknown[] {
  return (payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload));
}

function fields(payloads: Record<string, Payloads[number]> | null | undefined): Record<string, unknown> {
  const entries = Object.entries(payloads ?? {}).map(([key, payload]) => [key, values([payload])[0]] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
