import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Provider } from '../../../src/domain/shared/provider.ts';
import { clearFaults, orderFault } from '../../support/sandbox.ts';

const seen = z.object({
  counts: z.record(z.string(), z.number()),
  abandoned: z.record(z.string(), z.number()),
});

/** Longer than any test waits. */
const FOR_EVER_MS = 600_000;

export type ModelUnderTest = ReturnType<typeof modelAt>;

/** The sandbox's model, as the tests hold it up and count what reaches it. */
export function modelAt(sandboxUrl: string, provider: Provider = 'openai') {
  const look = async () => seen.parse(await (await fetch(`${sandboxUrl}/sandbox/requests`)).json());
  const calls = async () => (await look()).counts[provider] ?? 0;
  return {
    /** Requests that reached the model. */
    calls,
    /** Requests whose client closed the connection before it had the reply. */
    abandoned: async () => (await look()).abandoned[provider] ?? 0,
    /** Lets the next requests wait; for ever when no time is given. */
    hold: (delayMs = FOR_EVER_MS, times = 1) => orderFault(sandboxUrl, { provider, times, delay_ms: delayMs }),
    fail: (status: number, times: number) => orderFault(sandboxUrl, { provider, times, status }),
    /** Waits until so many requests have reached it. */
    reached: (count: number) => until(async () => (await calls()) >= count),
    clear: () => clearFaults(sandboxUrl),
  };
}

/** Waits until `check` holds, for as long as the test may last. */
export async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await sleep(50);
}
