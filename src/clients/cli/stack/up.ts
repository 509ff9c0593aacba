import { rm } from 'node:fs/promises';
import { Listr, PRESET_TIMER } from 'listr2';
import { issueDemoKey } from '../../../local/stack/demo/demo-key.ts';
import { type Demo, ensureDemo } from '../../../local/stack/demo/first-start.ts';
import { noteRelease } from '../../../local/stack/new-release.ts';
import { ensureConsole } from '../../../local/stack/programs/console-build.ts';
import { reasonOf } from '../../../local/stack/programs/locate.ts';
import { awaitRemainingProcesses } from '../../../local/stack/servers/remaining-processes.ts';
import { type EmbeddedStack, planStack, type Step } from '../../../local/stack/stack.ts';
import { AlreadyLocked, takeLock } from '../../../local/stack/state/lock.ts';
import { assertMayEmbed, findPartsToEmbed } from '../../../local/stack/state/parts-to-embed.ts';
import {
  prepare,
  readStack,
  type StateDirectory,
  stateDirectory,
  writePrivateJson,
} from '../../../local/stack/state/state-directory.ts';
import { assertDefaultProvider, type Config, loadConfig } from '../../../runtime/config.ts';
import { CliError, EXIT, reportFailure } from '../lib/failure.ts';
import { note, print, printJson } from '../lib/output.ts';
import { withElapsed } from '../lib/with-elapsed.ts';
import { loadAnswerers } from './answerers.ts';
import { loadIndexModel } from './index-model.ts';
import { readyMessage } from './ready-message.ts';

export interface UpOptions {
  /** Print one JSON object when everything is ready, and nothing else on standard output. */
  json?: boolean;
}

/**
 * Brings everything up and keeps it up until SIGINT, SIGTERM or SIGHUP. It then ends the process, because a running
 * build or import would keep it open.
 */
export async function up(options: UpOptions): Promise<void> {
  try {
    await run(options);
    process.exit(EXIT.ok);
  } catch (error) {
    process.exit(reportFailure(new CliError(reasonOf(error))));
  }
}

/** @throws if the stack does not come up or stay up, after everything that was started has stopped */
async function run(options: UpOptions): Promise<void> {
  const config = loadConfig();
  assertDefaultProvider(config);
  assertMayEmbed(findPartsToEmbed(config), config.NODE_ENV);
  const state = stateDirectory(config.ASK_STATE_DIR);
  await prepare(state);
  const unlock = await lock(state);
  const stopped = signalToStop();
  let stack: EmbeddedStack | undefined;
  try {
    await awaitRemainingProcesses(state);
    stack = await planStack(config, state, { onEvent: note }, note);
    await Promise.race([bringUp(stack, config, state, options), stopped]);
    await stopped;
  } finally {
    note('Stopping');
    await stack?.stop();
    await rm(state.stack, { force: true });
    await unlock();
    note('Stopped');
  }
}

async function bringUp(stack: EmbeddedStack, config: Config, state: StateDirectory, { json }: UpOptions) {
  const sampled: { demo: Demo | null } = { demo: null };
  const samples: Step = {
    title: 'Sample recordings',
    run: async (report) => {
      const issueKey = () => issueDemoKey(stack.mongodbUri());
      sampled.demo = await ensureDemo({ apiUrl: stack.describe().api, state, issueKey, report });
    },
  };
  const [servers = [], ...roles] = stack.groups;
  for (const group of [[consoleStep, ...servers], ...roles]) await runAtOnce(group, json === true);
  await writePrivateJson(state.stack, stack.describe());
  if (findPartsToEmbed(config).temporal) await noteRelease(state);
  if (findPartsToEmbed(config).mongodb) {
    // The service is useful without its samples. The next start tries again.
    await runAtOnce([samples], json === true).catch((error: unknown) => note(`No samples: ${reasonOf(error)}`));
  }
  const { demo } = sampled;
  const answerers = await loadAnswerers(stack.describe().api, demo?.key ?? null);
  const indexModel = await loadIndexModel(stack.describe().sandbox);
  if (json) printJson({ ...stack.describe(), answerers, index_model: indexModel, demo });
  else {
    const onTerminal = process.stdout.isTTY === true;
    print(readyMessage({ stack: stack.describe(), demo, answerers, indexModel, onTerminal }));
  }
}

/** The API is useful without its console. */
const consoleStep: Step = {
  title: 'Console',
  run: () => ensureConsole().catch((error: unknown) => note(`No console: ${reasonOf(error)}`)),
};

async function runAtOnce(steps: readonly Step[], silent: boolean): Promise<void> {
  let failure: unknown = null;
  const tasks = steps.map(({ title, run }) => ({
    title,
    task: (_context: unknown, task: { output: string }) =>
      withElapsed((line) => {
        task.output = line;
      }, run).catch((error: unknown) => {
        failure ??= error;
        throw new Error('see below');
      }),
  }));
  await new Listr(tasks, {
    concurrent: true,
    // One place handles Ctrl-C, so that the children stop in order.
    registerSignalListeners: false,
    renderer: silent ? 'silent' : 'default',
    fallbackRenderer: 'simple',
    rendererOptions: { timer: PRESET_TIMER, collapseErrors: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  })
    .run()
    .catch(() => {
      throw failure;
    });
}

async function lock(state: StateDirectory): Promise<() => Promise<void>> {
  try {
    return await takeLock(state.lock);
  } catch (error) {
    if (!(error instanceof AlreadyLocked)) throw error;
    const running = await readStack(state);
    const where = running === null ? 'it is still starting' : `its API is at ${running.api}`;
    throw new Error(`A stack runs on ${state.root} already (process ${error.pid}); ${where}.`);
  }
}

function signalToStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  return promise;
}
