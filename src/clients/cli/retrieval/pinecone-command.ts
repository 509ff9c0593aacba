import { Command } from 'commander';
import type { IndexPlan } from '../../../adapters/pinecone/set-up-indexes.ts';
import { loadPineconeAccount } from '../../../runtime/config.ts';
import { CliError, EXIT } from '../lib/failure.ts';
import { note, print, printJson, table } from '../lib/output.ts';

interface SetupOptions {
  name: string;
  cloud: string;
  region: string;
  denseModel: string;
  sparseModel: string;
  json?: true;
}

/** `ask pinecone setup`: the two indexes that the service needs at Pinecone. */
export function pineconeCommand(): Command {
  const command = new Command('pinecone').description('prepare the indexes at Pinecone');
  command
    .command('setup')
    .description('make the dense and the sparse index, or check those that are there; safe to repeat')
    .option('--name <name>', 'what their names begin with', 'ask')
    .option('--cloud <cloud>', 'where they stand', 'aws')
    .option('--region <region>', 'where they stand', 'us-east-1')
    .option('--dense-model <model>', 'the hosted model of the dense index', 'multilingual-e5-large')
    .option('--sparse-model <model>', 'the hosted model of the sparse index', 'pinecone-sparse-english-v0')
    .option('--json', 'print one JSON object')
    .action(setUp);
  return command;
}

async function setUp(options: SetupOptions): Promise<void> {
  const { PINECONE_API_KEY: apiKey, PINECONE_CONTROLLER_HOST: controllerHost } = loadPineconeAccount();
  if (apiKey === undefined) throw new CliError('PINECONE_API_KEY is not set: make a key in the Pinecone console.');
  const { setUpIndexes } = await import('../../../adapters/pinecone/set-up-indexes.ts');
  if (!options.json) note('An index that is made takes a minute.');
  const indexes = await setUpIndexes({ apiKey, ...(controllerHost && { controllerHost }) }, plansOf(options));
  const ready = indexes.every(({ state }) => state !== 'conflict');
  process.exitCode = ready ? EXIT.ok : EXIT.failure;
  if (options.json) return printJson({ ready, indexes });
  print(table(indexes.map(({ name, state, problems }) => [name, state, problems.join('; ')])));
  if (!ready) return print('Take another --name, or the model, cloud and region that stand there.');
  for (const { kind, host } of indexes)
    print(`${kind === 'dense' ? 'PINECONE_INDEX_HOST' : 'PINECONE_SPARSE_INDEX_HOST'}=${host}`);
}

function plansOf({ name, cloud, region, denseModel, sparseModel }: SetupOptions): IndexPlan[] {
  const place = { cloud, region };
  return [
    { kind: 'dense', name: `${name}-dense`, model: denseModel, metric: 'cosine', ...place },
    { kind: 'sparse', name: `${name}-sparse`, model: sparseModel, metric: 'dotproduct', ...place },
  ];
}
