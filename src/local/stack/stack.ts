import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findModel } from '../../retrieval-server/embeddings/model-files.ts';
import { cacheHome } from '../../runtime/cache-home.ts';
import type { Config } from '../../runtime/config.ts';
import { endRunsOfAnotherRelease, isFromAnotherRelease, rewriteFilesOfAnotherRelease } from './new-release.ts';
import { buildCache } from './programs/go-build.ts';
import type { Report } from './programs/locate.ts';
import { locateMongo, mongoDirectory, mongoUri } from './servers/mongodb.ts';
import {
  apiService,
  mongoService,
  STOP_ORDER,
  sandboxService,
  temporalService,
  workerService,
} from './servers/services.ts';
import { keepLogsShort, sqliteFilesIn } from './servers/short-logs.ts';
import { Supervisor, type SupervisorEvents } from './servers/supervisor.ts';
import { locateTemporal } from './servers/temporal.ts';
import { apiUrl, childSettings, choosePorts, type Ports } from './state/addresses.ts';
import { rotateLogs } from './state/log-files.ts';
import { findPartsToEmbed, type PartsToEmbed } from './state/parts-to-embed.ts';
import type { Stack, StateDirectory } from './state/state-directory.ts';

/** One thing to bring up. `run` says what it is doing. */
export interface Step {
  title: string;
  run(report: Report): Promise<void>;
}

export interface EmbeddedStack {
  /** What to start. The groups start one after another, and the steps of a group at the same time. */
  groups: Step[][];
  ports: Ports;
  /** Where the children find MongoDB; known once the first group is up. */
  mongodbUri(): string;
  describe(): Stack;
  /** Stops every child, in order. */
  stop(): Promise<void>;
}

/** Plans the children of one process tree: both roles, and the parts that have no address in the settings. */
export async function planStack(
  config: Config,
  state: StateDirectory,
  events: SupervisorEvents,
  report: Report,
): Promise<EmbeddedStack> {
  const embed = findPartsToEmbed(config, existsSync(join(state.sandbox, 'pinecone')));
  const ports = await choosePorts(config, embed, report);
  const supervisor = new Supervisor(events);
  const endRotation = rotateLogs(state);
  const cache = await buildCache(config.XDG_CACHE_HOME);
  const url = apiUrl(config, ports);
  const isNewRelease = embed.temporal && (await isFromAnotherRelease(state));
  let mongodb = config.MONGODB_URI ?? '';
  const ferretdb = mongoDirectory(state.mongodb, 'ferretdb');
  const stopKeeping = keepLogsShort(async () => [state.temporalDatabase, ...(await sqliteFilesIn(ferretdb))]);

  const temporal: Step = {
    title: 'Temporal',
    run: async (say) => {
      const executable = await locateTemporal(config.PATH, cache, say);
      if (isNewRelease) await rewriteFilesOfAnotherRelease([state.temporalDatabase], report);
      say(`starting on port ${ports.temporal}`);
      await supervisor.start(await temporalService(config, state, ports, executable));
    },
  };
  const lastRelease: Step = {
    title: 'Open runs of the last release',
    run: (say) => endRunsOfAnotherRelease(state, `127.0.0.1:${ports.temporal}`, { report: say, note: report }),
  };
  const mongo: Step = {
    title: 'MongoDB',
    run: async (say) => {
      const found = await locateMongo(state.mongodb, config.PATH, cache, say);
      mongodb = mongoUri(found.engine, ports.mongodb, DATABASE);
      if (isNewRelease) await rewriteFilesOfAnotherRelease(await sqliteFilesIn(ferretdb), report);
      say(`starting ${found.engine} on port ${ports.mongodb}`);
      await supervisor.start(await mongoService(config, state, ports, found));
    },
  };
  const sandbox: Step = {
    title: 'Sandbox models and local index',
    run: async (say) => {
      // Brought here, where its progress is seen; the child then finds it.
      if (config.EMBEDDINGS_BASE_URL === undefined)
        await findModel({ folder: config.EMBEDDINGS_DIR, cache: cacheHome(config.XDG_CACHE_HOME) }, say);
      await supervisor.start(await sandboxService(state, ports));
    },
  };
  const settings = () => childSettings(config, ports, mongodb, embed.sandbox);
  const worker: Step = {
    title: 'Worker',
    run: async () => supervisor.start(await workerService(config, state, settings())),
  };
  const api: Step = {
    title: 'API',
    run: async (say) => supervisor.start(await apiService(config, state, settings(), url, say)),
  };

  return {
    groups: [
      [...(embed.temporal ? [temporal] : []), ...(embed.mongodb ? [mongo] : []), ...(embed.sandbox ? [sandbox] : [])],
      ...(isNewRelease ? [[lastRelease]] : []),
      [worker, api],
    ],
    ports,
    mongodbUri: () => mongodb,
    describe: () => describe(config, embed, ports, mongodb, url),
    async stop() {
      endRotation();
      stopKeeping();
      await supervisor.stop(STOP_ORDER);
    },
  };
}

const DATABASE = 'ask';

function describe(config: Config, embed: PartsToEmbed, ports: Ports, mongodb: string, url: string): Stack {
  return {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    api: url,
    temporalUi: embed.temporal ? `http://127.0.0.1:${ports.temporalUi}` : (config.TEMPORAL_UI_URL ?? null),
    temporal: embed.temporal ? `127.0.0.1:${ports.temporal}` : null,
    mongodb: embed.mongodb ? mongodb : null,
    sandbox: embed.sandbox ? `http://127.0.0.1:${ports.sandbox}` : null,
  };
}
