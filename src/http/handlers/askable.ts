import { assertAskable } from '../../domain/askable.ts';
import { notFound } from '../../domain/errors.ts';
import type { ContextRef } from '../../domain/message.ts';
import type { SessionScope } from '../../domain/scope.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { Dependencies } from '../dependencies.ts';
import { visibleRecordings } from '../visible.ts';

/**
 * A question to a recording needs its whole transcript; other scopes search what there is.
 * @throws AskError `transcription_not_ready`, `transcript_too_large`
 */
export async function assertReady(deps: Dependencies, tenant: Tenant, scope: SessionScope): Promise<void> {
  if (scope.type !== 'recording') return;
  // Whose it is was looked up with the session.
  const recording = await deps.recordings.find(tenant, scope.recordingId);
  if (recording === null) throw notFound('recording', scope.recordingId);
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
