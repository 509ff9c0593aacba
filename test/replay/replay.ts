import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { type InjectedSinks, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { CommandLogSinks, LogEntry } from './command-log.ts';
import { COMPARED_WITH_HISTORY, sentInHistory } from './history-commands.ts';

/** Must be among the bundle's interceptors. */
export const COMMAND_LOG = fileURLToPath(new URL('command-log.ts', import.meta.url));

export interface Run {
  name: string;
  history: History;
  /** What the run logged when it was recorded; null for a run of a server, which has its history alone. */
  log: LogEntry[] | null;
}

export interface Replayed {
  name: string;
  /** Why the code cannot have made this history, so that its run would hang; null when it can. */
  violation: string | null;
  /** The first command that would carry something else, or would be sent at another moment; null when none. */
  difference: string | null;
  log: LogEntry[];
}

/** Spans of workflows go nowhere, where the bundle makes them. */
const NO_TRACES = { exporter: { export: { fn: () => {} } } };

/**
 * Replays histories with a bundle. The SDK compares ids and types of commands. This also compares what the commands carry:
 * with the history, and with the log of the recording, as a history has neither the input of a local activity nor the
 * order in which the workflow heard of things.
 */
export async function* replay(
  workflowBundle: WorkflowBundleOption,
  runs: AsyncIterable<Run> | Iterable<Run>,
  dataConverter: DataConverter = {},
): AsyncGenerator<Replayed> {
  const logs = new Map<string, LogEntry[]>();
  const sinks: InjectedSinks<CommandLogSinks> = {
    commandLog: {
      write: {
        callDuringReplay: true,
        fn: ({ workflowId }, entry) => void logs.get(workflowId)?.push(JSON.parse(entry)),
      },
    },
  };
  let current: Run | undefined;
  async function* histories() {
    for await (const run of runs) {
      current = run;
      logs.set(run.name, []);
      yield { workflowId: run.name, history: run.history };
    }
  }
  const options = { workflowBundle, dataConverter, sinks: { ...sinks, ...NO_TRACES } };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories())) {
    const log = logs.get(workflowId) ?? [];
    logs.delete(workflowId);
    const difference = current ? await differenceOf(current, log, dataConverter) : null;
    yield { name: workflowId, violation: error?.message ?? null, difference, log };
  }
}

async function differenceOf(run: Run, log: LogEntry[], dataConverter: DataConverter): Promise<string | null> {
  const { sent, open } = await sentInHistory(run.history, dataConverter);
  const replayed = log.filter((entry) => 'sent' in entry && COMPARED_WITH_HISTORY.has(entry.sent));
  // An open run goes on behind its last stored event.
  const comparable = open ? replayed.slice(0, sent.length) : replayed;
  return firstDifference('history', sent, comparable) ?? (run.log && firstDifference('recording', run.log, log));
}

function firstDifference(source: string, expected: readonly LogEntry[], actual: readonly LogEntry[]): string | null {
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    const [then, now] = [JSON.stringify(expected[i]), JSON.stringify(actual[i])];
    if (then !== now) return `entry ${i + 1} in the ${source}: ${then ?? 'nothing'}; now: ${now ?? 'nothing'}`;
  }
  return null;
}
