import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A program to run as a child, with everything it writes kept in one file. */
export interface Program {
  name: string;
  command: string;
  args: readonly string[];
  /** The child's whole environment. */
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** How long it may take to end after SIGTERM before it is killed. */
  graceMs: number;
  /** Opens a channel for `process.send`, for children written in Node. */
  ipc: boolean;
  /** The user that it runs as; unset: the user of this process. */
  user?: { uid: number; gid: number };
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended, to `exit code 1` or `signal SIGKILL`. Never rejects. */
  readonly exited: Promise<string>;
  /** What the child sends over its channel. */
  onMessage(listener: (message: unknown) => void): void;
  /** Sends SIGTERM, and SIGKILL when the grace is over. Resolves once the process has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only the supervisor, which stops
 * its children in order.
 * @throws when the program cannot be started
 */
export async function startChild(program: Program): Promise<Child> {
  const log = openSync(program.logFile, 'a', 0o600);
  const stdio = ['ignore' as const, log, log, ...(program.ipc ? ['ipc' as const] : [])];
  const child = spawn(program.command, program.args, { env: program.env, stdio, detached: true, ...program.user });
  closeSync(log);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const pid = await pidOf(child);
  const guard = startGuard(pid, program.graceMs);
  void exited.then(() => guard.kill('SIGKILL'));
  return {
    name: program.name,
    pid,
    exited,
    onMessage: (listener) => child.on('message', listener),
    stop: async () => {
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), program.graceMs);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(timer);
      signalGroup(pid, 'SIGKILL');
    },
  };
}

function pidOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid as number));
  });
}

/**
 * Starts a guard that ends the child when this process has ended in any way. The guard reads a pipe, which the system closes
 * then. Programs such as Temporal would go on running and keep their database locked.
 */
function startGuard(pid: number, graceMs: number): ChildProcess {
  const script = `read -r _
    kill -s TERM -- "-$1"
    while [ "$2" -gt 0 ] && kill -s 0 -- "-$1"; do sleep 1; set -- "$1" $(($2 - 1)); done
    kill -s KILL -- "-$1"`;
  const args = ['-c', script, 'guard', String(pid), String(Math.ceil(graceMs / 1_000))];
  const guard = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  return guard;
}

/** Signals the processes of a child's group that are left, if any. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: the group has ended.
  }
}
