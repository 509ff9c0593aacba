import type { Tenant } from '../../domain/access/tenant.ts';
import type { Segment } from '../../domain/library/transcript.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { TranscriptionId } from '../../domain/shared/ids.ts';
import type { TranscriptStore } from '../../ports/library/library-store.ts';

/** All segments of a transcription. @throws AskError `context_changed` when it is gone or was replaced */
export async function standingSegments(
  transcripts: TranscriptStore,
  tenant: Tenant,
  id: TranscriptionId,
): Promise<Segment[]> {
  const segments = await transcripts.segments(tenant, id);
  // Read after its words: an import that replaces it says so before it removes them.
  const standing = await transcripts.find(tenant, id);
  if (standing?.status !== 'completed' || segments.length < standing.segmentCount) throw contextChanged();
  return segments;
}

/** The workflow gathers again: an answer must never rest on what is left of a transcript that was replaced. */
export function contextChanged(): AskError {
  return new AskError(
    'context_changed',
    'A transcript was replaced while its question was answered. Ask again shortly.',
    { retryAfterMs: 1_000 },
  );
}
