import { usage } from '../../bench/processes.ts';

const MINUTE = 60_000;
/** The last of these windows is compared with the one that begins so long before the end. */
const [WINDOW_MS, SPAN_MS] = [5 * MINUTE, 20 * MINUTE];
const MOST_GROWTH = 1.05;
/** The service's own processes; the others are shown beside. */
export const JUDGED = ['api', 'worker', 'retrieval'];

/** The resident memory of each process in MB over time. */
export class MemorySamples {
  readonly #samples: { at: number; memory: Map<string, number> }[] = [];

  /** Takes a sample. @returns CPU ms of all processes so far */
  take(): number {
    const uses = usage();
    this.#samples.push({ at: Date.now(), memory: new Map([...uses].map(([name, { memory }]) => [name, memory])) });
    return [...uses.values()].reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  }

  latest(): string {
    return [...(this.#samples.at(-1)?.memory ?? [])].map(([name, memory]) => `${name} ${memory.toFixed(0)}`).join(', ');
  }

  /** Means of both windows by process; null where the samples do not reach back so far. */
  growth(): Map<string, { before: number; after: number; isFlat: boolean }> | null {
    const end = this.#samples.at(-1)?.at ?? 0;
    if ((this.#samples[0]?.at ?? end) > end - SPAN_MS) return null;
    const names = [...(this.#samples.at(-1)?.memory.keys() ?? [])];
    return new Map(
      names.map((name) => {
        const before = this.#mean(name, end - SPAN_MS);
        const after = this.#mean(name, end - WINDOW_MS);
        return [name, { before, after, isFlat: after <= MOST_GROWTH * before }];
      }),
    );
  }

  #mean(name: string, from: number): number {
    const within = this.#samples.filter(({ at }) => at >= from && at <= from + WINDOW_MS);
    return within.reduce((sum, { memory }) => sum + (memory.get(name) ?? 0), 0) / within.length;
  }
}
