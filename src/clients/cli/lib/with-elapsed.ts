import type { Report } from '../../../local/stack/programs/locate.ts';

const QUIET_S = 5;

/** Runs work that reports its steps. While a step takes long, it repeats the step's line with the elapsed time. */
export async function withElapsed(report: Report, work: (report: Report) => Promise<void>): Promise<void> {
  const everySeconds = process.stdout.isTTY ? 1 : 15;
  let last = '';
  let since = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - since) / 1_000);
    if (last !== '' && seconds >= QUIET_S) report(`${last} … ${seconds} s`);
  }, everySeconds * 1_000);
  try {
    await work((line) => {
      last = line;
      since = Date.now();
      report(line);
    });
  } finally {
    clearInterval(timer);
  }
}
