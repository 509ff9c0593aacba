import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the shipped containers may take. */
const LIMITS: Record<string, number> = { api: 768, worker: 1_024 };
const [V1, V2] = ['/sys/fs/cgroup/memory', '/sys/fs/cgroup'];

/**
 * Holds these processes to the memory of their containers, where this machine lets us.
 * @param ids the process ids, by name
 * @returns how to end it; null where no such group can be made
 */
export function holdToContainers(ids: ReadonlyMap<string, string>): (() => void) | null {
  const [root, file] = existsSync(V1) ? [V1, 'memory.limit_in_bytes'] : [V2, 'memory.max'];
  const made: string[] = [];
  try {
    for (const [name, megabytes] of Object.entries(LIMITS)) {
      const pid = ids.get(name);
      if (pid === undefined) continue;
      const group = join(root, `ask-limits-${process.pid}-${name}`);
      mkdirSync(group);
      made.push(group);
      writeFileSync(join(group, file), `${megabytes * 1024 * 1024}`);
      writeFileSync(join(group, 'cgroup.procs'), pid);
    }
  } catch {
    remove(made);
    return null;
  }
  return () => remove(made);
}

function remove(groups: readonly string[]): void {
  for (const group of groups) {
    try {
      rmdirSync(group);
    } catch {
      // A process is still in it.
    }
  }
}
