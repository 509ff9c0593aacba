import { loadProviders } from '../../../use-cases/ask/who-answers.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';

/** Who can be asked here. */
export async function listProviders({ tenant }: Call, deps: Dependencies) {
  const providers = await loadProviders(deps, tenant.projectId);
  return ok({
    data: providers.map(({ provider, model, isDefault, sandbox, contextTokens }) => ({
      provider,
      model,
      default: isDefault,
      sandbox,
      context_tokens: contextTokens,
    })),
  });
}
