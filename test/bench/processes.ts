import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used so far. */
export interface Use {
  cpuMs: number;
  /** Resident memory, MB. */
  memory: number;
}

/** Linux counts CPU time in ticks of this length. */
const TICK_MS = 10;
const PAGE_MB = 4096 / 1e6;
const NAMES: [RegExp, string][] = [
  [/src\/api\.ts/, 'api'],
  [/src\/worker\.ts/, 'worker'],
  [/test\/bench\/floor\.ts/, 'floor'],
  [/sandbox/, 'sandbox'],
  [/temporal server|server start-dev/, 'temporal'],
  [/ferretdb|mongod /, 'mongodb'],
];

/** What the service's processes that this one started have used, by name; empty where there is no /proc. */
export function usage(): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const pid of pids()) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const name = NAMES.find(([pattern]) => pattern.test(command))?.[1];
      if (Number(fields[1]) !== process.pid || name === undefined) continue;
      uses.set(name, {
        cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
        memory: Number(fields[21]) * PAGE_MB,
      });
    } catch {
      // It ended while we looked.
    }
  }
  return uses;
}

/** CPU ms of each process for each of `calls` calls that `work` makes. */
export async function cpuOf(calls: number, work: () => Promise<unknown>): Promise<Map<string, number>> {
  const before = usage();
  await work();
  const each = [...usage()].map(
    ([name, { cpuMs }]) => [name, (cpuMs - (before.get(name)?.cpuMs ?? 0)) / calls] as const,
  );
  return new Map(each);
}

function pids(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
