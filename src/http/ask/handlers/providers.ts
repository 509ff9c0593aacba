import { loadProviders } from '../../../use-cases/ask/who-answers.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';

/** Who can be asked here, and by what passages are found. */
export async function listProviders({ tenant }: Call, deps: Dependencies) {
  const { projectId } = tenant;
  const [providers, search] = await Promise.all([loadProviders(deps, projectId), deps.describeSearch(projectId)]);
  return ok({
    data: providers.map(({ provider, model, isDefault, sandbox, contextTokens }) => ({
      provider,
      model,
      default: isDefault,
      sandbox,
      context_tokens: contextTokens,
    })),
    search: search && { index: search.index, model: search.model, hashed_words: search.hashedWords },
  });
}
