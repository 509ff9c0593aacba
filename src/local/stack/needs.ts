import type { Config } from '../../runtime/config.ts';

/** Which parts have no address in the settings and therefore come with the stack. */
export interface Needs {
  temporal: boolean;
  mongodb: boolean;
  sandbox: boolean;
}

const MODEL_SETTINGS = [
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'GEMINI_API_KEY',
  'GEMINI_BASE_URL',
] as const;

/** The sandbox stands in where no language model is configured, or no Pinecone. */
export function needsOf(config: Config): Needs {
  const hasModel = MODEL_SETTINGS.some((name) => config[name] !== undefined);
  const hasPinecone = config.PINECONE_API_KEY !== undefined || config.PINECONE_INDEX_HOST !== undefined;
  return {
    temporal: config.TEMPORAL_ADDRESS === undefined,
    mongodb: config.MONGODB_URI === undefined,
    sandbox: config.SANDBOX_URL === undefined && !(hasModel && hasPinecone),
  };
}

const SETTINGS: Record<keyof Needs, string> = {
  temporal: 'TEMPORAL_ADDRESS',
  mongodb: 'MONGODB_URI',
  sandbox: 'a model key such as OPENAI_API_KEY together with PINECONE_API_KEY and PINECONE_INDEX_HOST',
};

/** @throws when this is a production environment and something would have to be embedded. */
export function assertMayEmbed(needs: Needs, nodeEnv: string | undefined): void {
  const missing = Object.entries(SETTINGS).filter(([part]) => needs[part as keyof Needs]);
  if (nodeEnv !== 'production' || missing.length === 0) return;
  const lines = missing.map(([part, setting]) => `  ${part}: set ${setting}`);
  throw new Error(
    `NODE_ENV is production, and the embedded parts are for development: they have no access control.\n${lines.join('\n')}`,
  );
}
