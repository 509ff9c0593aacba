import { flushCompileCache } from 'node:module';
import { ConfigError } from './config.ts';
import type { Logger } from './logger.ts';

/** Runs `stop` once when the process is asked to end, or when the supervisor that started it is gone; then exits. */
export function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const end = async (reason: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    try {
      await stop();
      process.exit(0);
    } catch (err) {
      logger.error({ err }, 'could not stop cleanly');
      process.exit(1);
    }
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('disconnect', () => end('the supervisor is gone'));
}

/** Ends the process with one line where its settings cannot work, instead of a stack trace that says nothing more. */
export function endOnBadSettings(): void {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error instanceof ConfigError ? `error: ${error.message}` : error.stack}\n`);
    process.exit(1);
  });
}

/** Tells a supervisor that this process now does its work. */
export function reportReady(logger: Logger, facts: Record<string, unknown>): void {
  logger.info(facts, 'ready');
  // Else Node keeps compiled code in memory until it ends, and one that is killed leaves none to the next start.
  flushCompileCache();
  process.send?.({ ready: true });
}
