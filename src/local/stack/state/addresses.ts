import { type Config, isSet } from '../../../runtime/config.ts';
import type { Report } from '../programs/locate.ts';
import type { PartsToEmbed } from './parts-to-embed.ts';
import { freePort, isFree } from './ports.ts';

/** The ports of this machine that the stack listens on. */
export interface Ports {
  api: number;
  temporal: number;
  temporalUi: number;
  temporalMetrics: number;
  mongodb: number;
  sandbox: number;
}

const USUAL = { temporal: 7233, temporalUi: 8233, mongodb: 27017 };

/**
 * Chooses the ports: the usual ones where they are free. Otherwise it takes others and reports them.
 * @throws when PORT was set and is in use
 */
export async function choosePorts(config: Config, embed: PartsToEmbed, report: Report): Promise<Ports> {
  const port = (needed: boolean, what: string, usual: number) =>
    needed ? usualOrFree(what, usual, report) : Promise.resolve(usual);
  return {
    api: await apiPort(config, report),
    temporal: await port(embed.temporal, 'Temporal', USUAL.temporal),
    temporalUi: await port(embed.temporal, 'the Temporal UI', USUAL.temporalUi),
    temporalMetrics: await freePort(),
    mongodb: await port(embed.mongodb, 'MongoDB', USUAL.mongodb),
    sandbox: await freePort(),
  };
}

async function apiPort(config: Config, report: Report): Promise<number> {
  if (config.PORT === 0) return freePort();
  if (!isSet('PORT')) return usualOrFree('the API', config.PORT, report, config.HOST);
  if (await isFree(config.PORT, config.HOST)) return config.PORT;
  throw new Error(`Port ${config.PORT} is in use. Stop what listens there, or set PORT to another one (0: any).`);
}

async function usualOrFree(what: string, usual: number, report: Report, host?: string): Promise<number> {
  if (await isFree(usual, host)) return usual;
  const port = await freePort();
  report(`port ${usual} is in use; ${what} takes ${port}`);
  return port;
}

/** What the children are told about each other. */
export function childSettings(config: Config, ports: Ports, mongodb: string, sandbox: boolean): Record<string, string> {
  return {
    MONGODB_URI: mongodb,
    TEMPORAL_ADDRESS: config.TEMPORAL_ADDRESS ?? `127.0.0.1:${ports.temporal}`,
    ...(config.TEMPORAL_ADDRESS === undefined ? { TEMPORAL_UI_URL: `http://127.0.0.1:${ports.temporalUi}` } : {}),
    ...(sandbox ? { SANDBOX_URL: `http://127.0.0.1:${ports.sandbox}` } : {}),
    HOST: config.HOST,
    PORT: String(ports.api),
  };
}

/** The address of the API on this machine. An API that listens on all interfaces is reached over loopback. */
export function apiUrl(config: Config, ports: Ports): string {
  const host = ['0.0.0.0', '::'].includes(config.HOST) ? '127.0.0.1' : config.HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${ports.api}`;
}
