import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { HEAP_FLAGS, MALLOC_ENVIRONMENT } from '../../src/runtime/tuning.ts';

/** A role of the service as a process of its own, as in production. */
export interface Role {
  readonly pid: number;
  /** What it told when it was ready. */
  readonly ready: unknown;
  /** Everything that it wrote so far. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** SIGSTOP: it keeps its connections and does nothing, until it is thawed. */
  freeze(): void;
  thaw(): void;
}

/** Starts a TypeScript file and waits for its first message. @throws with its output when it ends before that. */
export async function startRole(
  file: string,
  settings: Record<string, string>,
  args: readonly string[] = [],
): Promise<Role> {
  const child = fork(file, args, {
    env: { PATH: process.env.PATH, ...MALLOC_ENVIRONMENT, ...settings },
    silent: true,
    execArgv: HEAP_FLAGS,
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(String(chunk)));
  const output = () => chunks.join('');
  const ready = await Promise.race([once(child, 'message').then(([message]) => message), failed(child, file, output)]);
  return {
    pid: child.pid ?? 0,
    ready,
    output,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

async function failed(child: ChildProcess, file: string, output: () => string): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`${file} ended with code ${code} before it was ready:\n${output()}`);
}
