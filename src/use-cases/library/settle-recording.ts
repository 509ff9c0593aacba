import type { Tenant } from '../../domain/access/tenant.ts';
import { type ImportState, type RecordingState, recordingState } from '../../domain/library/import-order.ts';
import type { Recording } from '../../domain/library/recording.ts';
import type { RecordingId } from '../../domain/shared/ids.ts';
import type { ImportStore, RecordingStore } from '../../ports/library/library-store.ts';

export interface Settled {
  /** As it was read back. */
  recording: Recording;
  imports: ImportState[];
}

/**
 * Makes a recording say what follows from its imports: who serves, and whether one is under way. An update is not atomic
 * on every server, so it is written, read back and compared until it agrees with the imports that stand then. Whoever
 * writes last has looked last. @returns null when the recording is gone.
 */
export async function settleRecording(
  { recordings, imports }: { recordings: RecordingStore; imports: ImportStore },
  tenant: Tenant,
  id: RecordingId,
): Promise<Settled | null> {
  for (;;) {
    const told = recordingState(await imports.statesOf(tenant, id));
    if (told !== null) await recordings.update(tenant, id, told);
    const [recording, now] = await Promise.all([recordings.find(tenant, id), imports.statesOf(tenant, id)]);
    if (recording === null) return null;
    if (agrees(recording, recordingState(now))) return { recording, imports: now };
  }
}

function agrees(recording: Recording, told: RecordingState | null): boolean {
  if (told === null) return true;
  return keyOf(recording) === keyOf({ ...recording, ...told });
}

function keyOf({ status, transcriptionId, durationMs, outline }: Recording): string {
  const counted = outline && [outline.tokens, outline.passages, outline.speakers];
  return JSON.stringify([status, transcriptionId, durationMs, counted]);
}
