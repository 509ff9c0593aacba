import type { Probe } from '../../../adapters/models/probe.ts';
import { LEAST_WINDOW } from '../../../domain/answering/context/plan-window.ts';
import { AskError } from '../../../domain/shared/errors.ts';
import { SETTINGS_PREFIX } from '../../../domain/shared/provider-failures.ts';
import { type Finding, fine, note, wrong } from '../../../local/stack/finding.ts';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { type Config, ConfigError } from '../../../runtime/config.ts';

const WITHIN_MS = 30_000;

/** Asks each configured model one short question, and its server for the context window. It costs some tokens. */
export async function checkModels(config: Config): Promise<Finding[]> {
  const { createLanguageModels } = await import('../../../adapters/models/registry.ts');
  try {
    const hasty = { ...config, LLM_TIMEOUT_MS: Math.min(config.LLM_TIMEOUT_MS, WITHIN_MS) };
    const models = createLanguageModels(hasty, { holdsFirstStream: false });
    return await Promise.all(models.configured.map((provider) => checkModel(models.get(provider), hasty)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const none = config.SANDBOX_URL === undefined && config.DEFAULT_PROVIDER === undefined;
    if (none) return [note('models', 'none is configured; the sandbox stands in')];
    return [wrong('models', 'cannot work', error.message)];
  }
}

async function checkModel(model: LanguageModel, config: Config): Promise<Finding> {
  const { provider, contextTokens } = model;
  const { probeModel } = await import('../../../adapters/models/probe.ts');
  try {
    const answers = `${describeAnswer(model, await probeModel(model))}, context window ${contextTokens}`;
    return judgeWindow(model, config, answers, await windowOfServer(model, config));
  } catch (error) {
    const { message, details } = error instanceof AskError ? error : new AskError('internal_error', String(error));
    return wrong(provider, `${model.model} gives no answer: ${details?.reason ?? 'unknown'}`, message);
  }
}

function describeAnswer(asked: LanguageModel, { model, pieces, counts }: Probe): string {
  if (model === null) return `${asked.model} answers and streams, slowly`;
  const streams = pieces > 1 ? 'streams' : 'answers in one piece';
  return `${model} answers, ${streams}, ${counts ? 'counts tokens' : 'counts no tokens (they are estimated)'}`;
}

async function windowOfServer({ provider, isSandbox }: LanguageModel, config: Config): Promise<number | null> {
  if (isSandbox) return null;
  const { modelSettings } = await import('../../../adapters/models/registry.ts');
  const { askServerWindow } = await import('../../../adapters/models/server-window.ts');
  return askServerWindow(provider, modelSettings(provider, config));
}

/** What the server has, beside what the service believes. A server that tells nothing is believed to have it. */
function judgeWindow(model: LanguageModel, config: Config, answers: string, has: number | null): Finding {
  const { provider, contextTokens } = model;
  if (has === null || has === contextTokens) return fine(provider, answers);
  const setting = `${SETTINGS_PREFIX[provider]}_CONTEXT_TOKENS` as const;
  const detail = `${answers}, but the server has ${has}`;
  if (has < LEAST_WINDOW) {
    return wrong(provider, detail, `Give the server a context window of ${LEAST_WINDOW} tokens or more.`);
  }
  if (has < contextTokens) {
    return wrong(provider, detail, `Set ${setting}=${has}, or give the server a larger context window.`);
  }
  if (config[setting] !== undefined) return fine(provider, answers);
  return note(provider, detail, `Set ${setting}=${has} to use all of it.`);
}
