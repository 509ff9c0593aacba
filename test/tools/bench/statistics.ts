/** Order statistics of measurements, in the unit of the measurements. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(q * sorted.length), sorted.length - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** The `i`-th call, made by one of the concurrent lanes. */
type Call = (i: number, lane: number) => Promise<unknown>;

/** Milliseconds that each call takes, `concurrency` of them at a time. */
export async function timed(calls: number, concurrency: number, call: Call): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const run = async (_: unknown, lane: number) => {
    while (next < calls) {
      const i = next++;
      const start = performance.now();
      await call(i, lane);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, run));
  return times;
}

/** Calls a second. */
export async function throughput(calls: number, concurrency: number, call: Call) {
  const start = performance.now();
  const times = await timed(calls, concurrency, call);
  return { perSecond: (calls * 1000) / (performance.now() - start), times };
}
