import type { WorkflowRuns } from '../../src/ports/ask/workflow-runs.ts';
import type { Finding } from '../../src/ports/audit.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { LibraryGateway } from '../../src/ports/library/library-gateway.ts';
import type { ImportStore, RecordingStore, TranscriptStore } from '../../src/ports/library/library-store.ts';
import type { PendingErasures } from '../../src/ports/library/pending-erasures.ts';
import { settleRecording } from '../../src/use-cases/library/settle-recording.ts';
import { withHeartbeat } from '../lib/heartbeat.ts';

export interface SweepDependencies {
  recordings: RecordingStore;
  transcripts: TranscriptStore;
  imports: ImportStore;
  runs: WorkflowRuns;
  erasures: PendingErasures;
  libraryGateway: Pick<LibraryGateway, 'startErasure'>;
  /** Documents that belong to nothing. */
  findOrphans(): Promise<Finding[]>;
  clock: Clock;
  /** Told how many documents of a collection belong to nothing. */
  onOrphans(collection: string, count: number): void;
}

/** By then the request that stores an import has long ended, one way or another. */
const INTERRUPTED_AFTER_MS = 3_600_000;
const INTERRUPTED = 'The import was interrupted. Send the transcript again.';

/**
 * Ends imports that were interrupted before their run began, starts erasures again whose run was lost with Temporal's
 * database or terminated, and reports what belongs to nothing. It removes nothing by itself: there should be nothing, and an
 * operator decides (`ask audit --repair`). @returns how much it found.
 */
export function sweepOrphans(deps: SweepDependencies, { heartbeat }: { heartbeat(): void }) {
  return (): Promise<number> => withHeartbeat(heartbeat, () => sweep(deps));
}

async function sweep(deps: SweepDependencies): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - INTERRUPTED_AFTER_MS).toISOString();
  for (const transcription of await deps.transcripts.unfinishedSince(before)) {
    if (await deps.runs.isIndexing(transcription.id)) continue;
    await deps.transcripts.markFailed(transcription, transcription.id, INTERRUPTED);
    await settleRecording(deps, transcription, transcription.recordingId);
  }
  // One that runs goes on: it has the same id.
  for (const { tenant, target } of await deps.erasures.list()) await deps.libraryGateway.startErasure(tenant, target);
  const counts = new Map<string, number>();
  for (const { place } of await deps.findOrphans()) counts.set(place, (counts.get(place) ?? 0) + 1);
  for (const [collection, count] of counts) deps.onOrphans(collection, count);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
