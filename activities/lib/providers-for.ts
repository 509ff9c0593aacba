import type { Provider } from '../../src/domain/shared/provider.ts';
import type { Project, ProjectStore } from '../../src/ports/access/key-store.ts';
import type { LanguageModels } from '../../src/ports/language-model.ts';

export interface ProviderDependencies {
  projects: ProjectStore;
  models: LanguageModels;
  providerFallback: boolean;
}

/**
 * Whom to ask, in order. A pinned provider is never swapped. The default is the project's, else the system's; another one
 * is asked after it only where the operator opted in, because which provider may see a conversation is their choice.
 */
export function providersFor(
  pinned: Provider | null,
  project: Project | null,
  { models, providerFallback }: Pick<ProviderDependencies, 'models' | 'providerFallback'>,
): Provider[] {
  if (pinned !== null) return [pinned];
  const preferred = project?.defaultProvider ?? models.default;
  const fallback = project?.providerFallback ?? providerFallback;
  return fallback ? [preferred, ...models.configured.filter((provider) => provider !== preferred)] : [preferred];
}
