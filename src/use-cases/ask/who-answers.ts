import { transcriptLimit, UNLEARNED_RATIO } from '../../domain/answering/context/plan-window.ts';
import { invalidField, unavailable } from '../../domain/shared/errors.ts';
import type { ProjectId } from '../../domain/shared/ids.ts';
import type { Provider } from '../../domain/shared/provider.ts';
import type { ProjectStore } from '../../ports/access/key-store.ts';
import type { ProviderDirectory, PublishedProvider } from '../../ports/provider-directory.ts';

export interface WhoAnswers {
  providers: ProviderDirectory;
  projects: Pick<ProjectStore, 'find'>;
}

/** What bounds a transcript besides the windows. */
export interface TranscriptLimits {
  maxTranscriptTokens: number;
  maxOutputTokens: number;
  providerFallback: boolean;
}

/** The providers that can be asked, the default of this project marked. */
export async function loadProviders(deps: WhoAnswers, projectId: ProjectId): Promise<PublishedProvider[]> {
  const [published, project] = await Promise.all([deps.providers.list(), deps.projects.find(projectId)]);
  const preferred = published.find(({ provider }) => provider === project?.defaultProvider);
  if (preferred === undefined) return published;
  return published.map((each) => ({ ...each, isDefault: each === preferred }));
}

/**
 * A question may name only a provider that a worker has.
 * @throws AskError `invalid_request` on `provider`; `unavailable` where no worker has said whom it can ask
 */
export async function assertConfigured(directory: ProviderDirectory, provider: Provider): Promise<void> {
  const published = await directory.list();
  if (published.length === 0) throw unavailable('The worker');
  if (published.some((each) => each.provider === provider)) return;
  const names = published.map((each) => each.provider).join(', ');
  throw invalidField('provider', `${provider} is not configured here; name one of ${names}, or none`);
}

/**
 * The longest transcript that a question to this project is answered from whole: it fits the smallest window among those
 * who may answer.
 */
export async function loadTranscriptLimit(
  deps: WhoAnswers,
  projectId: ProjectId,
  named: Provider | undefined,
  settings: TranscriptLimits,
): Promise<number> {
  const [published, project] = await Promise.all([loadProviders(deps, projectId), deps.projects.find(projectId)]);
  const fallback = project?.providerFallback ?? settings.providerFallback;
  const mayAnswer = published.filter(({ provider, isDefault }) =>
    named === undefined ? isDefault || fallback : provider === named,
  );
  const { maxTranscriptTokens, maxOutputTokens } = settings;
  const limits = mayAnswer.map(({ contextTokens: window }) =>
    transcriptLimit({ window, ratio: UNLEARNED_RATIO, maxOutputTokens }, maxTranscriptTokens),
  );
  return Math.min(maxTranscriptTokens, ...limits);
}
