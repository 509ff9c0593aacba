import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger };

/** What must never reach a log, wherever a caller puts it. */
const SECRETS = ['authorization', 'cookie', 'content', 'text', 'prompt', 'apiKey', 'secret', 'key'];

/** What may wait in memory for a standard output that takes nothing, as on a full disk. What comes after that is dropped. */
const MOST_WAITING_BYTES = 1024 * 1024;

let dropped = 0;

/** Lines that this process has dropped so far. */
export function droppedLogLines(): number {
  return dropped;
}

/** JSON lines on standard output, with ids and never with what people said. Nobody waits for a line to be written. */
export function createLogger(
  role: 'api' | 'worker' | 'retrieval' | 'codec' | 'new-release',
  { LOG_LEVEL }: Pick<Config, 'LOG_LEVEL'>,
): Logger {
  const output = pino.destination({ dest: 1, sync: false, maxLength: MOST_WAITING_BYTES });
  output.on('drop', () => dropped++);
  // A full disk, or a reader that has gone: the line is kept and tried again with the next one.
  output.on('error', () => undefined);
  return pino(
    {
      level: LOG_LEVEL,
      base: { role, pid: process.pid },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      serializers: { err: classOfError },
    },
    output,
  );
}

/** An error's class and place: its message may quote a request. */
function classOfError(error: unknown): { name: string; stack: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  return { name: error.name, stack: frames.map((line) => line.trim()) };
}
