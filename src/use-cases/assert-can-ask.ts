import type { Tenant } from '../domain/access/tenant.ts';
import type { ContextRef } from '../domain/ask/message.ts';
import type { Recording } from '../domain/library/recording.ts';
import type { TranscriptStore } from '../ports/library/library-store.ts';
import { loadReadyTranscription } from './load-ready-transcription.ts';
import { loadRecordings } from './load-visible.ts';

type Reads = Parameters<typeof loadRecordings>[0] & { transcripts: Pick<TranscriptStore, 'currentOf'> };

/**
 * A question to a recording needs its whole transcript; other scopes search what there is.
 * @param recording the session's, for recording scope
 * @throws AskError `transcription_not_ready`, `transcript_too_large`; `not_found` for a recording that this key may not see
 */
export async function assertCanAsk(
  deps: Reads,
  tenant: Tenant,
  { recording, contextRefs }: { recording: Recording | null; contextRefs: readonly ContextRef[] },
  maxTranscriptTokens: number,
): Promise<void> {
  if (recording !== null) await loadReadyTranscription(deps.transcripts, recording, maxTranscriptTokens);
  const ids = contextRefs.map(({ id }) => id);
  await loadRecordings(deps, tenant, ids);
}
