import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `check` holds, for as long as the test may last. */
export async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/** Waits between looks at the service, each time longer: what looks costs as much as what works. */
export function pauses(): () => Promise<void> {
  let ms = FIRST_PAUSE_MS;
  return () => {
    const pause = sleep(ms);
    ms = Math.min(ms * 1.5, LONGEST_PAUSE_MS);
    return pause;
  };
}
