import { type Finding, fine, note, wrong } from '../../../local/stack/finding.ts';
import type { Dependency } from '../../../ports/health.ts';
import type { Config } from '../../../runtime/config.ts';
import { checkModels } from './check-models.ts';

/** Asks every service that the settings name, for real: whether it answers, and whether the keys are good. */
export async function checkServices(config: Config): Promise<Finding[]> {
  const checks = [checkModels(config), checkPinecone(config), checkTemporal(config)];
  return (await Promise.all(checks)).flat();
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
