import { existsSync } from 'node:fs';
import { z } from 'zod';
import packageJson from '../../../package.json' with { type: 'json' };
import { type Report, reasonOf } from './programs/locate.ts';
import { startChild } from './servers/child.ts';
import { role } from './servers/services.ts';
import { rewriteFile } from './servers/short-logs.ts';
import { readJson, type StateDirectory, writePrivateJson } from './state/state-directory.ts';

/** `release.json`: the release that last ran in a state directory. 0.1.0 wrote none. */
const releaseSchema = z.object({ version: z.string() });
const { version } = packageJson;

const progress = z.object({ replayed: z.number() });
const endedRuns = z.object({ sessions: z.number(), begunAnew: z.number() });
type EndedRuns = z.infer<typeof endedRuns>;

/** Whether another release than this one left its runs in the state directory. Ask before Temporal starts. */
export async function isFromAnotherRelease(state: StateDirectory): Promise<boolean> {
  const last = await readJson(state.release, releaseSchema);
  return last?.version !== version && existsSync(state.temporalDatabase);
}

/**
 * Rewrites files of an earlier release before their server starts: 0.1.0 left deleted words in free pages. A file that cannot
 * be rewritten is named in a note, and the start goes on.
 */
export async function rewriteFilesOfAnotherRelease(files: readonly string[], note: Report): Promise<void> {
  for (const file of files) {
    await rewriteFile(file).catch((error: unknown) =>
      note(`${file} may still hold words that an earlier release deleted (${reasonOf(error)}). Run VACUUM on it.`),
    );
  }
}

/** Notes that this release ran here. Call it last: a start that is interrupted before is repeated as a whole. */
export function noteRelease(state: StateDirectory): Promise<void> {
  return writePrivateJson(state.release, { version });
}

/**
 * Ends the runs of another release that this one cannot continue, and notes that in one line. Nothing that can be read is
 * lost, because the database holds it. Call it before a worker starts.
 * @param temporalAddress as `HOST:PORT`
 * @param report is told how far it is
 * @throws when the runs cannot be checked
 */
export async function endRunsOfAnotherRelease(
  state: StateDirectory,
  temporalAddress: string,
  { report, note }: Record<'report' | 'note', Report>,
): Promise<void> {
  // A process of its own: it takes 200 MB, which this one would keep.
  const program = await role('new-release', 'roles/end-old-runs.ts', { TEMPORAL_ADDRESS: temporalAddress }, 0, state);
  const child = await startChild(program);
  const ended = new Promise<EndedRuns>((resolve) => {
    child.onMessage((message) => {
      const { data, success } = endedRuns.safeParse(message);
      if (success) resolve(data);
      else report(`open runs checked: ${progress.parse(message).replayed}`);
    });
  });
  const failed = child.exited.then((how) => Promise.reject(new Error(`${how}; ${program.logFile} says why`)));
  try {
    const summary = summaryOf(await Promise.race([ended, failed]));
    if (summary !== null) note(summary);
  } finally {
    await child.stop();
  }
}

/** @returns null when no run was ended */
function summaryOf({ sessions, begunAnew }: EndedRuns): string | null {
  if (sessions + begunAnew === 0) return null;
  return (
    `Ended open runs of an earlier release that ${version} cannot continue. Sessions: ${sessions} (the next question starts a ` +
    `new run). Background work: ${begunAnew} (started anew). No stored data is lost.`
  );
}
