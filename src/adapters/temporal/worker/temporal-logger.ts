import type { Logger as TemporalLogger } from '@temporalio/worker';

type Log = (facts: object, message: string) => void;

/** The service's log, as far as the SDK writes to it. */
export type ServiceLog = Record<'trace' | 'debug' | 'info' | 'warn' | 'error', Log>;

/** A run that is deleted goes while its worker works on it. */
const RUN_IS_GONE = 'Task not found when completing';

/** Writes the SDK's messages to the service's own log. */
export function temporalLogger(logger: ServiceLog): TemporalLogger {
  const at =
    (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, meta: object = {}) =>
      logger[message === RUN_IS_GONE ? 'debug' : level](withoutTaskToken(meta), message);
  return {
    log: (level, message, meta) => at(LEVELS[level])(message, meta),
    trace: at('trace'),
    debug: at('debug'),
    // The SDK's info lines tell each change of the worker's state.
    info: at('debug'),
    warn: at('warn'),
    error: at('error'),
  };
}

/** The token lets its holder complete the activity, and is a hundred letters long. */
function withoutTaskToken(meta: object): object {
  const { taskToken: _, ...facts }: { taskToken?: unknown } = { ...meta };
  return facts;
}

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
