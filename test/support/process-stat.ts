import { readFileSync } from 'node:fs';

const MS_A_TICK = 10;
const MB_A_PAGE = 4096 / 1e6;

/** What Linux tells of a process: its CPU time and that of its children that have ended, in ms, its nice value, and its memory, in MB. */
export interface ProcessStat {
  parent: number;
  cpuMs: number;
  endedCpuMs: number;
  nice: number;
  memory: number;
}

/** null where there is no such process. */
export function processStat(pid: string): ProcessStat | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The name of the program, in parentheses, may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (place: number) => Number(fields[place] ?? 0);
  return {
    parent: field(1),
    cpuMs: (field(11) + field(12)) * MS_A_TICK,
    endedCpuMs: (field(13) + field(14)) * MS_A_TICK,
    nice: field(16),
    memory: field(21) * MB_A_PAGE,
  };
}

/** Its command line, in one line; empty where there is no such process. */
export function processCommand(pid: string): string {
  return read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It ended while we looked.
    return null;
  }
}
