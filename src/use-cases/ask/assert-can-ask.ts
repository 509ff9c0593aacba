import { narrowToEndUser, type Tenant } from '../../domain/access/tenant.ts';
import type { ContextRef } from '../../domain/ask/message.ts';
import type { Filters } from '../../domain/ask/retrieval.ts';
import type { SessionScope } from '../../domain/ask/scope.ts';
import type { Recording } from '../../domain/library/recording.ts';
import { invalidField } from '../../domain/shared/errors.ts';
import type { EndUserId } from '../../domain/shared/ids.ts';
import type { Provider } from '../../domain/shared/provider.ts';
import type { TranscriptStore } from '../../ports/library/library-store.ts';
import { loadReadyTranscription } from '../library/load-ready-transcription.ts';
import { loadRecordings } from '../load-visible.ts';
import { assertConfigured, loadTranscriptLimit, type TranscriptLimits, type WhoAnswers } from './who-answers.ts';

type Reads = Parameters<typeof loadRecordings>[0] & WhoAnswers & { transcripts: Pick<TranscriptStore, 'currentOf'> };

export interface QuestionToCheck {
  /** The session's, for recording scope. */
  recording: Recording | null;
  scope: SessionScope;
  endUserId: EndUserId;
  contextRefs: readonly ContextRef[];
  filters: Filters;
  /** The one that the question names. */
  provider: Provider | undefined;
}

/**
 * A provider that is named must be configured. A question to a recording needs its whole transcript; other scopes search
 * what there is.
 * @throws AskError `invalid_request` on `provider`; `transcription_not_ready`, `transcript_too_large`; `not_found` for a
 * recording that this key may not see
 */
export async function assertCanAsk(
  deps: Reads,
  tenant: Tenant,
  question: QuestionToCheck,
  settings: TranscriptLimits,
): Promise<void> {
  const { recording, contextRefs, provider } = question;
  if (provider !== undefined) await assertConfigured(deps.providers, provider);
  if (recording !== null) {
    const limit = await loadTranscriptLimit(deps, tenant.projectId, provider, settings);
    await loadReadyTranscription(deps.transcripts, recording, limit);
  }
  const ids = contextRefs.map(({ id }) => id);
  await loadRecordings(deps, tenant, ids);
  await assertFiltersFit(deps, narrowToEndUser(tenant, question.endUserId), question);
}

/** Filters narrow a library or a selection, and name recordings inside it alone. */
async function assertFiltersFit(deps: Reads, tenant: Tenant, { scope, filters }: QuestionToCheck): Promise<void> {
  if (Object.keys(filters).length === 0) return;
  if (scope.type === 'recording') {
    throw invalidField('filters', 'narrow a library or a selection; a session over one recording takes none');
  }
  const { recordingIds = [] } = filters;
  const inScope =
    scope.type === 'selected'
      ? scope.recordingIds
      : (await deps.recordings.findAll(tenant, recordingIds)).map(({ id }) => id);
  const outside = recordingIds.find((id) => !inScope.includes(id));
  if (outside !== undefined)
    throw invalidField('filters.recording_ids', `${outside} is not in the scope of the session`);
}
