import { readdirSync } from 'node:fs';
import { type ProcessStat, processCommand, processStat } from '../../support/process-stat.ts';

/** What a process has used so far. */
type Use = Pick<ProcessStat, 'cpuMs' | 'memory'>;

const NAMES: [RegExp, string][] = [
  [/roles\/api\.ts/, 'api'],
  [/roles\/worker\.ts/, 'worker'],
  [/roles\/retrieval-server\.ts/, 'retrieval'],
  [/tools\/bench\/floor\.ts/, 'floor'],
  [/sandbox/, 'sandbox'],
  [/temporal server|server start-dev/, 'temporal'],
  [/ferretdb|mongod /, 'mongodb'],
];

/** What the service's processes that this one started have used, by name; empty where there is no /proc. */
export function usage(): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const pid of pids()) {
    const stat = processStat(pid);
    const name = stat?.parent === process.pid ? nameOf(pid) : undefined;
    if (stat !== null && name !== undefined) uses.set(name, stat);
  }
  return uses;
}

/** The ids of these processes, by name. */
export function processIds(): Map<string, string> {
  const found = new Map<string, string>();
  for (const pid of pids()) {
    const name = processStat(pid)?.parent === process.pid ? nameOf(pid) : undefined;
    if (name !== undefined) found.set(name, pid);
  }
  return found;
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

function nameOf(pid: string): string | undefined {
  const command = processCommand(pid);
  return NAMES.find(([pattern]) => pattern.test(command))?.[1];
}

function pids(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
