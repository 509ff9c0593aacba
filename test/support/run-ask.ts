import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { eventually } from './eventually.ts';

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The real command in a process of its own, with these settings and none of the machine's. */
export async function runAsk(args: string[], settings: Record<string, string> = {}, input = ''): Promise<Run> {
  const child = spawn(process.execPath, ['src/clients/cli/ask.ts', ...args], {
    env: { PATH: process.env.PATH, ASK_STATE_DIR: nowhere, ...settings },
  });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

/** Whether the machine has util-linux' `script`, which gives a command a terminal. */
export const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');

/** As `runAsk`, on a terminal of its own; what it shows there, stdout and stderr, is in `stdout`. */
export async function runAskOnTerminal(args: string[], settings: Record<string, string>): Promise<Run> {
  const { ended } = askOnTerminal(args, settings);
  return ended;
}

export const CTRL_C = '\u0003';

/** The command on a terminal of its own, at which somebody types. What it shows has no colours. */
export function askOnTerminal(args: string[], settings: Record<string, string>) {
  const command = [process.execPath, 'src/clients/cli/ask.ts', ...args].map((word) => `'${word}'`).join(' ');
  const sized = `stty cols 80 rows 24; ${command}`;
  const child = spawn('script', ['--quiet', '--return', '--command', sized, '/dev/null'], {
    env: { PATH: process.env.PATH, SHELL: '/bin/sh', TERM: 'xterm', ASK_STATE_DIR: nowhere, ...settings },
  });
  let raw = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    raw += piece;
  });
  const shown = () => stripVTControlCharacters(raw).replace(/\r/g, '');
  return {
    type: (keys: string) => child.stdin.write(keys),
    /** Resolves when the terminal has shown this so many times. */
    sees: (words: string, times = 1) => eventually(() => shown().split(words).length > times),
    ended: Promise.all([text(child.stderr), once(child, 'close')]).then(
      ([stderr]): Run => ({ code: child.exitCode, stdout: shown(), stderr }),
    ),
  };
}

/** A directory that is removed after the tests of this file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ask-cli-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** What a command printed, which must be one JSON object and nothing else. */
export function onlyJson(run: Run): Record<string, unknown> {
  expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\{.*\}\n$/) });
  return JSON.parse(run.stdout);
}

const nowhere = join(tmpdir(), 'ask-cli-no-stack-here');
