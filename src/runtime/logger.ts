import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger };

/** What must never reach a log, wherever a caller puts it. */
const SECRETS = ['authorization', 'cookie', 'content', 'text', 'prompt', 'apiKey', 'secret', 'key'];

/** JSON lines on stdout, with ids and never with what people said. */
export function createLogger(
  role: 'api' | 'worker' | 'retrieval' | 'codec' | 'new-release',
  { LOG_LEVEL }: Pick<Config, 'LOG_LEVEL'>,
): Logger {
  return pino({
    level: LOG_LEVEL,
    base: { role, pid: process.pid },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: classOfError },
  });
}

/** An error's class and place: its message may quote a request. */
function classOfError(error: unknown): { name: string; stack: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  return { name: error.name, stack: frames.map((line) => line.trim()) };
}
