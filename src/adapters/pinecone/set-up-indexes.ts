import { Errors } from '@pinecone-database/pinecone';
import { z } from 'zod';
import { call, controlPlane } from './client.ts';
import { TEXT_FIELD } from './record.ts';

export interface IndexPlan {
  kind: 'dense' | 'sparse';
  name: string;
  model: string;
  metric: 'cosine' | 'dotproduct';
  cloud: string;
  region: string;
}

export interface IndexSetup extends Pick<IndexPlan, 'kind' | 'name'> {
  /** `conflict`: an index of this name is there and cannot be used; `problems` say why. */
  state: 'created' | 'fine' | 'conflict';
  problems: string[];
  host: string;
}

/** Time until a new index takes requests. */
const READY_WITHIN_MS = 5 * 60_000;

/**
 * Makes each index that is not there, with integrated inference over the field that this service writes, and checks each that
 * is. Changes nothing that stands.
 * @throws AskError when Pinecone refuses the key, or is away
 */
export async function setUpIndexes(
  settings: { apiKey: string; controllerHost?: string },
  plans: readonly IndexPlan[],
): Promise<IndexSetup[]> {
  const pinecone = controlPlane(settings);
  const setups: IndexSetup[] = [];
  for (const plan of plans) {
    const { kind, name, model, metric, cloud, region } = plan;
    const found = await call(() => pinecone.indexes.describe(name).catch(nullWhereMissing));
    const embed = { model, metric, fieldMap: { text: TEXT_FIELD } };
    const made =
      found ??
      (await call(() =>
        pinecone.indexes.createForModel({
          ...{ name, cloud, region, embed, waitUntilReady: true, timeout: READY_WITHIN_MS },
        }),
      ));
    const { host, problems } = compare(plan, made);
    const state = problems.length > 0 ? 'conflict' : found === null ? 'created' : 'fine';
    setups.push({ kind, name, state, problems, host });
  }
  return setups;
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof Errors.PineconeNotFoundError) return null;
  throw error;
}

/** What Pinecone tells of an index, as far as it matters. */
const described = z.object({
  host: z.string(),
  deployment: z.object({ cloud: z.string().optional(), region: z.string().optional() }),
  schema: z.object({
    fields: z.record(
      z.string(),
      z.object({ type: z.string().optional(), model: z.string().optional(), metric: z.string().optional() }),
    ),
  }),
});

function compare(plan: IndexPlan, told: unknown): { host: string; problems: string[] } {
  const { host, deployment, schema } = described.parse(told);
  const field = schema.fields[TEXT_FIELD];
  if (field?.type !== 'semantic_text')
    return { host, problems: [`its field map does not name the field \`${TEXT_FIELD}\` for integrated inference`] };
  const differing = [
    ['model', field.model, plan.model],
    ['metric', field.metric ?? plan.metric, plan.metric],
    ['cloud', deployment.cloud, plan.cloud],
    ['region', deployment.region, plan.region],
  ] as const;
  const problems = differing
    .filter(([, is, wanted]) => is !== wanted)
    .map(([what, is, wanted]) => `its ${what} is ${is ?? 'unknown'}, not ${wanted}`);
  return { host, problems };
}
