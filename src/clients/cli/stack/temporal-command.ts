import { Command } from 'commander';
import { loadConfig } from '../../../runtime/config.ts';
import { CliError, EXIT } from '../lib/failure.ts';
import { findTemporal } from '../lib/find-service.ts';
import { print, printJson, table } from '../lib/output.ts';

/** `ask temporal setup`: what a Temporal namespace needs before the service runs on it. */
export function temporalCommand(): Command {
  const command = new Command('temporal').description('prepare a Temporal namespace');
  command
    .command('setup')
    .description('register the search attributes that are missing; safe to repeat')
    .option('--json', 'print one JSON object')
    .action(setUp);
  return command;
}

async function setUp({ json }: { json?: true }): Promise<void> {
  const config = loadConfig();
  const { TEMPORAL_NAMESPACE: namespace } = config;
  const address = await findTemporal(config);
  if (address === null) {
    throw new CliError('No Temporal is known here. Start the stack with `npm start`, or set TEMPORAL_ADDRESS.');
  }
  const attributes = await registerAttributes({ ...config, TEMPORAL_ADDRESS: address }).catch((error: unknown) => {
    throw new CliError(`Temporal at ${address} refused: ${reasonOf(error)}\n${REMEDY}`);
  });
  const ready = attributes.every(({ state }) => state !== 'conflict');
  process.exitCode = ready ? EXIT.ok : EXIT.failure;
  if (json) return printJson({ address, namespace, ready, search_attributes: attributes });
  print(`Search attributes of the namespace ${namespace} at ${address}:`);
  print(table(attributes.map(({ name, state }) => [`  ${name}`, state])));
  if (!ready) print('\nA name in conflict is taken by an attribute of another type: use another namespace.');
}

const REMEDY =
  'Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the credentials. Temporal Cloud does not allow this over its API: ' +
  'add them with `tcld namespace search-attributes add`.';

async function registerAttributes(config: ReturnType<typeof loadConfig>) {
  // Loaded here, because the other commands do without Temporal's client.
  const { lazyConnection } = await import('../../../adapters/temporal/client/connection.ts');
  const { registerSearchAttributes } = await import('../../../adapters/temporal/client/register-search-attributes.ts');
  const connection = await lazyConnection(config);
  try {
    return await registerSearchAttributes(connection, config.TEMPORAL_NAMESPACE);
  } finally {
    await connection.close();
  }
}

/** gRPC's own words, such as `Namespace x is not found`. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'details' in error && typeof error.details === 'string') return error.details;
  return error instanceof Error ? error.message : String(error);
}
