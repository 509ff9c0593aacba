/** A process that replays mutants: it is sent the place of one in the table, and answers with what caught it. */
import '../../stack/workflows/quiet.ts';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { z } from 'zod';
import { committedHistories, RELEASE } from '../histories.ts';
import { COMMAND_LOG, replay } from '../replay.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './table.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** A mutant of one workflow must leave the others alone; else it does not compile, which no history needs to notice. */
const BYSTANDERS = ['library-answered', 'session-erased'];
const committed = new Map(committedHistories(RELEASE).map((run) => [run.name.replace(`${RELEASE}/`, ''), run]));
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error: console.error, log() {} };

// A mutant may loop for ever, and then the process does not end otherwise.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message) => {
  void verdictOn(z.number().parse(message)).then((verdict) => process.send?.(verdict));
});

/** The mutant's place, and the scenarios whose replay differs. */
async function verdictOn(place: number): Promise<{ place: number; caughtBy: string[] }> {
  const mutant = MUTANTS[place];
  if (mutant === undefined) throw new RangeError(`there is no mutant ${place}`);
  const runs = [...new Set([...mutant.caughtBy, ...BYSTANDERS])].map((name) => {
    const run = committed.get(name);
    if (run === undefined) throw new Error(`mutant "${mutant.name}": there is no history ${name}`);
    return { ...run, name };
  });
  const copy = await mutated(mutant);
  try {
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: join(copy, 'workflows/index.ts'),
      workflowInterceptorModules: [COMMAND_LOG],
      logger: silent,
    });
    const caughtBy: string[] = [];
    for await (const { name, violation, difference } of replay(workflowBundle, runs)) {
      if (violation !== null || difference !== null) caughtBy.push(name);
    }
    if (BYSTANDERS.every((name) => caughtBy.includes(name)))
      throw new Error(`mutant "${mutant.name}" breaks everything`);
    return { place, caughtBy };
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** A copy of the workflows with the change in it. */
async function mutated({ name, file, edits }: Mutant): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'ask-mutant-'));
  await cp(join(ROOT, 'workflows'), join(copy, 'workflows'), { recursive: true });
  for (const part of ['src', 'node_modules', 'package.json']) await symlink(join(ROOT, part), join(copy, part));
  let text = await readFile(join(copy, file), 'utf8');
  for (const [find, replace] of edits) {
    const found = text.split(find).length - 1;
    if (found !== 1) throw new Error(`mutant "${name}": ${file} has its text ${found} times: ${find}`);
    text = text.replace(find, () => replace);
  }
  await writeFile(join(copy, file), text);
  return copy;
}
