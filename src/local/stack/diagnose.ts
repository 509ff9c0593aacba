import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assertDefaultProvider, type Config, ConfigError, loadConfig } from '../../runtime/config.ts';
import { type Finding, fine, note, wrong } from './finding.ts';
import { findOnPath, isExecutable, outputOf } from './programs/executables.ts';
import { buildCache } from './programs/go-build.ts';
import { reasonOf } from './programs/locate.ts';
import { probeMongo } from './servers/mongodb.ts';
import { holderOf } from './state/lock.ts';
import { assertMayEmbed, findPartsToEmbed } from './state/parts-to-embed.ts';
import { isFree } from './state/ports.ts';
import { stateDirectory } from './state/state-directory.ts';

const OLDEST_NODE = [22, 18] as const;

/**
 * Looks at everything that a start of this service needs, and changes nothing.
 * @param services asks what the settings name, once they are valid
 */
export async function diagnose(services: (config: Config) => Promise<Finding[]>): Promise<Finding[]> {
  const node = nodeVersion();
  const config = settings();
  if (!('config' in config)) return [node, config];
  const checks = [stateDir, program('temporal', 'temporal'), program('mongod', 'ferretdb'), go, apiPort, mongodb];
  return [
    node,
    fine('settings', 'valid'),
    mayEmbed(config.config),
    ...(await Promise.all(checks.map((check) => check(config.config)))),
    ...(await services(config.config)),
  ];
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]))
    return fine('node', process.version);
  return wrong('node', process.version, 'Run it through npm (`npm start`, `npx ask`), which brings Node 24.');
}

function settings(): Finding | { config: Config } {
  try {
    const config = loadConfig();
    assertDefaultProvider(config);
    return { config };
  } catch (error) {
    if (error instanceof ConfigError)
      return wrong('settings', error.message, 'Correct it in the environment or in .env.');
    throw error;
  }
}

function mayEmbed(config: Config): Finding {
  const embed = findPartsToEmbed(config);
  try {
    assertMayEmbed(embed, config.NODE_ENV);
  } catch (error) {
    return wrong('environment', 'production, with parts missing', reasonOf(error));
  }
  const embedded = Object.entries(embed).filter(([, needed]) => needed);
  return fine('embedded parts', embedded.map(([part]) => part).join(', ') || 'none');
}

async function stateDir(config: Config): Promise<Finding> {
  const { root } = stateDirectory(config.ASK_STATE_DIR);
  const info = await stat(root).catch(() => null);
  if (info === null) return fine('state directory', `${root} (made at the first start)`);
  if (!info.isDirectory())
    return wrong('state directory', `${root} is no directory`, 'Set ASK_STATE_DIR to another path.');
  if ((info.mode & 0o077) === 0) return fine('state directory', root);
  return wrong('state directory', `${root} can be read by others`, `Run: chmod 700 '${root}'`);
}

/** Whether a program is on PATH, or was built or downloaded before. */
function program(onPath: string, built: string) {
  return async (config: Config): Promise<Finding> => {
    const cache = await buildCache(config.XDG_CACHE_HOME);
    const found = await findOnPath(onPath, config.PATH);
    if (found !== null) return fine(onPath, found);
    const earlier = join(cache, built);
    if (await isExecutable(earlier)) return fine(onPath, earlier);
    return note(onPath, 'not here yet; the next embedded start downloads or builds it');
  };
}

async function go(config: Config): Promise<Finding> {
  if ((await findOnPath('go', config.PATH)) !== null) {
    return fine('go', await outputOf('go', ['version']).catch(() => 'does not run'));
  }
  return note('go', 'not on PATH; needed only where downloads are refused (install Go 1.21 or newer)');
}

async function apiPort(config: Config): Promise<Finding> {
  const name = `port ${config.PORT}`;
  if (config.PORT === 0 || (await isFree(config.PORT, config.HOST))) return fine(name, 'free');
  const holder = await holderOf(stateDirectory(config.ASK_STATE_DIR).lock);
  if (holder !== null) return fine(name, `in use, and a stack runs here (process ${holder})`);
  return note(name, 'in use; a start takes another one unless PORT is set');
}

async function mongodb({ MONGODB_URI: uri }: Config): Promise<Finding> {
  if (uri === undefined) return fine('MongoDB', 'embedded');
  return probeMongo(uri).then(
    () => fine('MongoDB', 'answers'),
    () => wrong('MongoDB', 'does not answer', 'Check MONGODB_URI, the network and the credentials.'),
  );
}
