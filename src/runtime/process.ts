import { flushCompileCache } from 'node:module';
import { AskError } from '../domain/shared/errors.ts';
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
    const sentence = sentenceOf(error);
    process.stderr.write(`${sentence === null ? error.stack : `error: ${sentence}`}\n`);
    process.exit(1);
  });
}

/** What the operator can do about it; null for what no setting mends. */
function sentenceOf(error: Error): string | null {
  if (error instanceof ConfigError) return error.message;
  const dependency = error instanceof AskError && error.kind === 'unavailable' ? error.details?.dependency : undefined;
  const setting = ADDRESSES.get(dependency);
  return setting === undefined ? null : `${dependency} does not answer. Check ${setting} and the network.`;
}

const ADDRESSES = new Map<unknown, string>([
  ['MongoDB', 'MONGODB_URI'],
  ['Temporal', 'TEMPORAL_ADDRESS'],
]);

/** Tells a supervisor that this process now does its work. */
export function reportReady(logger: Logger, facts: Record<string, unknown>): void {
  logger.info(facts, 'ready');
  // Else Node keeps compiled code in memory until it ends, and one that is killed leaves none to the next start.
  flushCompileCache();
  process.send?.({ ready: true });
}
