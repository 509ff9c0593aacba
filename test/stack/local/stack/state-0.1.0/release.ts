import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const packageJson = z.object({ bin: z.object({ ask: z.string() }) });
const described = z.object({
  api: z.string(),
  temporal: z.string(),
  sandbox: z.string(),
  demo: z.object({ key: z.string(), end_user_id: z.string(), recording_ids: z.tuple([z.string()], z.string()) }),
});

/** The stack of one checkout, as a process tree of its own. */
export interface Stack extends z.infer<typeof described> {
  /** Stops it in order. */
  stop(): Promise<void>;
  /** Stops the process whose command line has this text in its tracks: it keeps its connections and answers nothing. */
  freeze(text: string): void;
  /** What it wrote on its standard error. */
  notes(): string;
  /** SIGKILL for every process of it, Temporal first. */
  kill(): void;
}

/** Brings a checkout up on free ports. */
export async function start(
  checkout: string,
  stateDirectory: string,
  settings: Record<string, string>,
): Promise<Stack> {
  const { bin } = packageJson.parse(JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')));
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [bin.ask, 'up', '--json'], {
    cwd: checkout,
    env: { PATH, HOME, PORT: '0', ASK_STATE_DIR: stateDirectory, RATE_LIMIT_PER_MINUTE: '100000', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGTERM'));
  const notes: string[] = [];
  child.stderr.on('data', (text) => notes.push(String(text)));
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the stack ended:\n${notes.join('')}`)));
  ended.catch(() => undefined);
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  return {
    ...described.parse(JSON.parse(String(line))),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
    notes: () => notes.join(''),
    freeze: (text) => signal(child, text, 'SIGSTOP'),
    kill: () => {
      for (const text of ['start-dev', '']) signal(child, text, 'SIGKILL');
      child.kill('SIGKILL');
    },
  };
}

function signal(parent: ChildProcess, text: string, name: NodeJS.Signals): void {
  for (const line of execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')) {
    const [pid, ppid, ...args] = line.trim().split(/\s+/);
    // The guards of the children end by themselves when their parent is gone.
    const isChild = Number(ppid) === parent.pid && !args.includes('guard');
    if (isChild && args.join(' ').includes(text)) process.kill(Number(pid), name);
  }
}
