import { readdir } from 'node:fs/promises';
import { processStat } from '../../support/process-stat.ts';

/** CPU milliseconds that a process and its children have used so far. For Linux. */
export async function cpuMilliseconds(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const used = pids.map((name) => {
    const stat = processStat(name);
    if (stat === null) return 0;
    if (Number(name) === pid) return stat.cpuMs + stat.endedCpuMs;
    return stat.parent === pid ? stat.cpuMs : 0;
  });
  return used.reduce((sum, ms) => sum + ms, 0);
}
