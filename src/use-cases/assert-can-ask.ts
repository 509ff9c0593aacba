import type { Tenant } from '../domain/access/tenant.ts';
import type { WindowSettings } from '../domain/answering/models/context-window.ts';
import type { ContextRef } from '../domain/ask/message.ts';
import type { Recording } from '../domain/library/recording.ts';
import type { Provider } from '../domain/shared/provider.ts';
import type { TranscriptStore } from '../ports/library/library-store.ts';
import { loadReadyTranscription } from './load-ready-transcription.ts';
import { loadRecordings } from './load-visible.ts';
import { assertConfigured, loadTranscriptLimit, type WhoAnswers } from './who-answers.ts';

type Reads = Parameters<typeof loadRecordings>[0] & WhoAnswers & { transcripts: Pick<TranscriptStore, 'currentOf'> };

interface Asked {
  /** The session's, for recording scope. */
  recording: Recording | null;
  contextRefs: readonly ContextRef[];
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
  { recording, contextRefs, provider }: Asked,
  settings: WindowSettings & { providerFallback: boolean },
): Promise<void> {
  if (provider !== undefined) await assertConfigured(deps.providers, provider);
  if (recording !== null) {
    const limit = await loadTranscriptLimit(deps, tenant.projectId, provider, settings);
    await loadReadyTranscription(deps.transcripts, recording, limit);
  }
  const ids = contextRefs.map(({ id }) => id);
  await loadRecordings(deps, tenant, ids);
}
