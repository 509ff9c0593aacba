import type { EndUserId } from '../../../domain/shared/ids.ts';
import { readDemo } from '../../../local/stack/demo/first-start.ts';
import { readStack, type Stack, stateDirectory } from '../../../local/stack/state/state-directory.ts';
import type { Config } from '../../../runtime/config.ts';
import { CliError } from './failure.ts';

/** The service that a command talks to: the one that the environment names, else the stack of this ASK_STATE_DIR. */
export interface Api {
  url: string;
  key: string;
  /** Whose library is used when a command names nobody: with the demo key, the demo end user's. */
  endUserId: EndUserId | null;
}

export async function findApi(config: Config, givenKey: string | undefined): Promise<Api> {
  const url = config.ASK_API_URL ?? (await stackOf(config))?.api;
  if (url === undefined) {
    throw new CliError('No service runs here. Start one with `npm start`, or set ASK_API_URL to the address of one.');
  }
  const key = givenKey ?? config.ASK_API_KEY;
  if (key !== undefined) return { url, key, endUserId: null };
  // The demo key belongs to the stack of this directory. No other service gets it.
  const demo = config.ASK_API_URL === undefined ? await readDemo(stateDirectory(config.ASK_STATE_DIR)) : null;
  if (demo === null) {
    throw new CliError(
      'No API key is known. Pass one with --key or ASK_API_KEY. Make one: npx ask keys create --project NAME --mode test',
    );
  }
  return { url, key: demo.key, endUserId: demo.end_user_id };
}

export async function findMongo(config: Config): Promise<string> {
  const uri = config.MONGODB_URI ?? (await stackOf(config))?.mongodb;
  if (uri) return uri;
  throw new CliError('No MongoDB is known here. Start the stack with `npm start`, or set MONGODB_URI.');
}

/** The base address of the Temporal UI. */
export async function findTemporalUi(config: Config): Promise<string> {
  const url = config.TEMPORAL_UI_URL ?? (await stackOf(config))?.temporalUi;
  if (url) return url;
  throw new CliError('No Temporal UI is known here. Start the stack with `npm start`, or set TEMPORAL_UI_URL.');
}

/** The address of Temporal; null where only the API is known. */
export async function findTemporal(config: Config): Promise<string | null> {
  return config.TEMPORAL_ADDRESS ?? (await stackOf(config))?.temporal ?? null;
}

/** The address of the sandbox, which stands in for the index; null when none is known. */
export async function findSandbox(config: Config): Promise<string | null> {
  return config.SANDBOX_URL ?? (await stackOf(config))?.sandbox ?? null;
}

function stackOf(config: Config): Promise<Stack | null> {
  return readStack(stateDirectory(config.ASK_STATE_DIR));
}
