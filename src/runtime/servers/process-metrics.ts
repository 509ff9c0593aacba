import { Counter, collectDefaultMetrics, Registry } from 'prom-client';

/**
 * The metrics that every role has: of its process, and of its log.
 * @param droppedLogLines how many lines the process has dropped so far
 */
export function processMetrics(droppedLogLines: () => number): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  new Counter({
    name: 'ask_log_lines_dropped_total',
    help: 'Lines of the log that were dropped because standard output took nothing, as on a full disk.',
    registers: [register],
    collect() {
      this.reset();
      this.inc(droppedLogLines());
    },
  });
  return register;
}
