import type { Tenant } from '../../../domain/access/tenant.ts';
import type { ContextRef } from '../../../domain/ask/message.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import { assertAskable } from '../../../domain/library/transcript-readiness.ts';
import { visibleRecordings } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';

/**
 * A question to a recording needs its whole transcript; other scopes search what there is.
 * @param recording the session's, for recording scope
 * @throws AskError `transcription_not_ready`, `transcript_too_large`
 */
export async function assertReady(deps: Dependencies, recording: Recording | null): Promise<void> {
  if (recording === null) return;
  assertAskable(recording, await deps.transcripts.currentOf(recording), deps.settings.maxTranscriptTokens);
}

/** @throws AskError `not_found` for a recording that this key may not see. */
export async function assertContextVisible(
  deps: Dependencies,
  tenant: Tenant,
  refs: readonly ContextRef[] = [],
): Promise<void> {
  await visibleRecordings(
    deps,
    tenant,
    refs.map((ref) => ref.id),
  );
}
