import { readdir, readFile } from 'node:fs/promises';

const MS_A_TICK = 10;

/** CPU milliseconds that a process and its children have used so far. For Linux. */
export async function cpuMilliseconds(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map(statOf));
  const used = stats.map(({ pid: each, parent, own, ended }) =>
    each === pid ? own + ended : parent === pid ? own : 0,
  );
  return used.reduce((sum, ticks) => sum + ticks, 0) * MS_A_TICK;
}

/** Ticks of a process itself and of those of its children that have ended. */
async function statOf(name: string) {
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
  // The name of the program, in parentheses, may hold anything.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((i) => fields[i]);
  return { pid: Number(name), parent, own: user + system, ended: endedUser + endedSystem };
}
