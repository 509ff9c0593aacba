import type { Provider } from '../../../domain/shared/provider.ts';
import type { Config } from '../../../runtime/config.ts';

/** Which parts have no address in the settings and therefore come with the stack. */
export interface PartsToEmbed {
  temporal: boolean;
  mongodb: boolean;
  sandbox: boolean;
}

/** The settings that configure a provider; any of them is enough. */
const MODEL_SETTINGS = {
  gemini: ['GEMINI_API_KEY', 'GEMINI_BASE_URL'],
  openai: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
  claude: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'],
} as const satisfies Record<Provider, readonly (keyof Config)[]>;

/**
 * The sandbox stands in where no language model is configured, or no index. @param hasLocalIndex whether one was kept here
 * before: it serves until `ask reindex --to pinecone` has moved it, whatever the settings name
 */
export function findPartsToEmbed(config: Config, hasLocalIndex = false): PartsToEmbed {
  const hasModel = Object.values(MODEL_SETTINGS)
    .flat()
    .some((name) => config[name] !== undefined);
  const hasPinecone = config.PINECONE_API_KEY !== undefined || config.PINECONE_INDEX_HOST !== undefined;
  const beginsLocal = config.RETRIEVAL === 'local' || hasLocalIndex || !hasPinecone;
  const hasIndex = config.RETRIEVAL_URL !== undefined || !beginsLocal;
  return {
    temporal: config.TEMPORAL_ADDRESS === undefined,
    mongodb: config.MONGODB_URI === undefined,
    sandbox: config.SANDBOX_URL === undefined && !(hasModel && hasIndex),
  };
}

const SETTINGS: Record<keyof PartsToEmbed, string> = {
  temporal: 'TEMPORAL_ADDRESS',
  mongodb: 'MONGODB_URI',
  sandbox:
    'a model key such as OPENAI_API_KEY together with RETRIEVAL_URL, or with PINECONE_API_KEY and both of its hosts',
};

/** @throws when this is a production environment and something would have to be embedded. */
export function assertMayEmbed(embed: PartsToEmbed, nodeEnv: string | undefined): void {
  const missing = Object.entries(SETTINGS).filter(([part]) => embed[part as keyof PartsToEmbed]);
  if (nodeEnv !== 'production' || missing.length === 0) return;
  const lines = missing.map(([part, setting]) => `  ${part}: set ${setting}`);
  throw new Error(
    `NODE_ENV is production, and the embedded parts are for development: they have no access control.\n${lines.join('\n')}`,
  );
}
