import { AskError } from '../../../domain/shared/errors.ts';
import type { Finding } from '../../../local/stack/diagnose.ts';
import type { Dependency } from '../../../ports/health.ts';
import type { LanguageModel } from '../../../ports/language-model.ts';
import { type Config, ConfigError } from '../../../runtime/config.ts';

const MODEL_WITHIN_MS = 30_000;

/** Asks every service that the settings name, for real: whether it answers, and whether the keys are good. */
export async function checkServices(config: Config): Promise<Finding[]> {
  const checks = [checkModels(config), checkPinecone(config), checkTemporal(config)];
  return (await Promise.all(checks)).flat();
}

async function checkModels(config: Config): Promise<Finding[]> {
  const { createLanguageModels } = await import('../../../adapters/models/registry.ts');
  try {
    const hasty = { ...config, LLM_TIMEOUT_MS: Math.min(config.LLM_TIMEOUT_MS, MODEL_WITHIN_MS) };
    const models = createLanguageModels(hasty, { holdsFirstStream: false });
    return await Promise.all(models.configured.map((provider) => checkModel(models.get(provider))));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const none = config.SANDBOX_URL === undefined && config.DEFAULT_PROVIDER === undefined;
    if (none) return [note('models', 'none is configured; the sandbox stands in')];
    return [wrong('models', 'cannot work', error.message)];
  }
}

async function checkModel(model: LanguageModel): Promise<Finding> {
  const { provider, contextTokens } = model;
  const { probeModel } = await import('../../../adapters/models/probe.ts');
  try {
    const seen = await probeModel(model, AbortSignal.timeout(MODEL_WITHIN_MS));
    const streams = seen.pieces > 1 ? 'streams' : 'answers in one piece';
    const counts = seen.counts ? 'counts tokens' : 'counts no tokens (they are estimated)';
    return fine(provider, `${seen.model} answers, ${streams}, ${counts}, context window ${contextTokens}`);
  } catch (error) {
    const { message, details } = error instanceof AskError ? error : new AskError('internal_error', String(error));
    return wrong(provider, `${model.model} gives no answer: ${details?.reason ?? 'unknown'}`, message);
  }
}

async function checkPinecone(config: Config): Promise<Finding> {
  if (config.PINECONE_API_KEY === undefined) return note('Pinecone', 'not configured; the sandbox stands in');
  const { indexDependency } = await import('../../../adapters/pinecone/index.ts');
  return checkDependency(
    'Pinecone',
    indexDependency(config, async () => 'pinecone'),
    'both indexes answer',
    {
      remedy: 'Check PINECONE_API_KEY, PINECONE_INDEX_HOST and PINECONE_SPARSE_INDEX_HOST, and the network.',
    },
  );
}

async function checkTemporal(config: Config): Promise<Finding[]> {
  if (config.TEMPORAL_ADDRESS === undefined) return [];
  const { Client } = await import('@temporalio/client');
  const { lazyConnection } = await import('../../../adapters/temporal/client/connection.ts');
  const { temporalDependency } = await import('../../../adapters/temporal/client/health.ts');
  const remedy =
    'Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY.';
  try {
    const connection = await lazyConnection(config);
    const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
    const serves = `serves the namespace ${config.TEMPORAL_NAMESPACE}`;
    return [
      await checkDependency('Temporal', temporalDependency(client), serves, { remedy }).finally(() =>
        connection.close(),
      ),
    ];
  } catch {
    return [wrong('Temporal', 'its settings cannot be used', remedy)];
  }
}

async function checkDependency(
  name: string,
  dependency: Dependency,
  detail: string,
  { remedy }: { remedy: string },
): Promise<Finding> {
  return dependency.check().then(
    () => fine(name, detail),
    () => wrong(name, 'does not answer, or refuses the key', remedy),
  );
}

const fine = (name: string, detail: string): Finding => ({ name, state: 'fine', detail, remedy: null });
const note = (name: string, detail: string): Finding => ({ name, state: 'note', detail, remedy: null });
const wrong = (name: string, detail: string, remedy: string): Finding => ({ name, state: 'wrong', detail, remedy });
