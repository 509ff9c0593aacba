/**
 * Tests the replay suite: changes the workflow code in many small ways, each in a copy, and replays the histories of this
 * release with it. Exits 1 where a change is not noticed by each scenario that must notice it: `npm run replay:mutants`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { print, table } from '../../../src/clients/cli/lib/output.ts';
import { MUTANTS } from './table.ts';

const MOST_AT_ONCE = 3;
const MOST_SHOWN = 3;
/** Ten times what a mutant needs. */
const PATIENCE_MS = 60_000;

const verdictSchema = z.object({ place: z.number(), caughtBy: z.array(z.string()) });
type Verdict = z.infer<typeof verdictSchema>;

const waiting = MUTANTS.map((_, place) => place);
const verdicts: Verdict[] = [];
const began = Date.now();
await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, availableParallelism()) }, work));

const rows = verdicts.sort((a, b) => a.place - b.place).map(row);
const survivors = rows.filter(([state]) => state !== 'caught');
print(table([['', 'kind', 'mutant', 'caught by'], ...rows]));
print(`${rows.length} mutants, ${survivors.length} survived, in ${Math.round((Date.now() - began) / 1_000)} s`);
process.exit(survivors.length === 0 && rows.length === MUTANTS.length ? 0 : 1);

/** One process at a time for each share of the machine; it keeps the SDK loaded from mutant to mutant. */
async function work(): Promise<void> {
  const child = fork(fileURLToPath(new URL('replay-mutant.ts', import.meta.url)));
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    verdicts.push(await verdictOf(child, place));
  }
  child.kill();
}

async function verdictOf(child: ChildProcess, place: number): Promise<Verdict> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const verdict = once(child, 'message', { signal });
  const exit = once(child, 'exit', { signal });
  child.send(place);
  try {
    const [first] = await Promise.race([verdict, exit]);
    return verdictSchema.parse(first);
  } catch (error) {
    throw new Error(`the mutant "${MUTANTS[place]?.name}" was not replayed`, { cause: error });
  } finally {
    over.abort();
    await Promise.allSettled([verdict, exit]);
  }
}

function row({ place, caughtBy }: Verdict): string[] {
  const mutant = MUTANTS[place];
  if (mutant === undefined) throw new RangeError(`there is no mutant ${place}`);
  const missed = mutant.caughtBy.filter((scenario) => !caughtBy.includes(scenario));
  const shown = missed.length > 0 ? `not by ${missed.join(', ')}` : named(mutant.caughtBy, caughtBy);
  return [missed.length > 0 ? 'SURVIVED' : 'caught', mutant.kind, mutant.name, shown];
}

function named(wanted: readonly string[], all: readonly string[]): string {
  const rest = all.length - Math.min(wanted.length, MOST_SHOWN);
  return wanted.slice(0, MOST_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
