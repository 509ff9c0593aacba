import { z } from 'zod';

const WITHIN_MS = 3_000;

const withKey = z.object({
  data: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      default: z.boolean(),
      sandbox: z.boolean(),
      context_tokens: z.number(),
    }),
  ),
});
const withoutKey = z.object({
  answers: z
    .object({ default: z.string().nullable(), providers: z.array(z.string()), sandbox: z.boolean() })
    .nullable(),
});

/** A provider that would answer a question, as people read it. */
export interface Answerer {
  provider: string;
  /** null without a key, because the service names models only to key holders. */
  model: string | null;
  default: boolean;
  sandbox: boolean;
  /** The context window; null where no key is at hand. */
  context_tokens: number | null;
}

/** Who answers at this service, the default first; null when it cannot be found out. */
export async function loadAnswerers(url: string, key: string | null): Promise<Answerer[] | null> {
  const { data } = withKey.safeParse(key === null ? null : await json(`${url}/v1/providers`, key));
  if (data !== undefined) return data.data;
  const open = withoutKey.safeParse(await json(`${url}/readyz`, null)).data?.answers;
  if (!open) return null;
  return open.providers.map((provider) => ({
    provider,
    model: null,
    default: provider === open.default,
    sandbox: open.sandbox,
    context_tokens: null,
  }));
}

/** `openai gpt-5.4-mini (default), claude claude-sonnet-5-5`. */
export function describeAnswerers(answerers: readonly Answerer[]): string {
  const names = answerers.map(({ provider, model, default: isDefault }) => {
    const name = model === null || model === 'sandbox' ? provider : `${provider} ${model}`;
    return isDefault ? `${name} (default)` : name;
  });
  const sandbox = answerers.some((each) => each.sandbox) ? '; the sandbox stands in for the models' : '';
  return names.length === 0 ? 'nobody: no worker runs' : `${names.join(', ')}${sandbox}`;
}

async function json(url: string, key: string | null): Promise<unknown> {
  try {
    const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    return await (await fetch(url, { headers, signal: AbortSignal.timeout(WITHIN_MS) })).json();
  } catch {
    return null;
  }
}
