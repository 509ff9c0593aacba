import { CommanderError } from 'commander';
import { note } from './output.ts';

/** What a command says when it cannot do its work: one sentence, with the remedy. */
export class CliError extends Error {}

/** A wrong call of a command. */
export class UsageError extends CliError {}

/** `interrupted` is what a shell says of a command that Ctrl-C ended. */
export const EXIT = { ok: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/** The end of `ask --help`. */
export const EXIT_CODES = `
Exit codes: ${EXIT.ok} done, ${EXIT.failure} failed, ${EXIT.usage} wrong call, ${EXIT.interrupted} stopped by Ctrl-C.`;

/** Says in one line what is wrong with a call, and where help is. */
export function reportUsage(problem: string, command: string): void {
  const line = problem.trim().replace(/\s*\n\s*/g, ' ');
  process.stderr.write(`${line}${/[.?!)]$/.test(line) ? '' : '.'} See: ${command} --help\n`);
}

/** Says on stderr why a command failed. @returns the exit code */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  // One line, so that a script can read it.
  note(`error: ${sentenceOf(error).replace(/\s*\n\s*/g, ' ')}`);
  return error instanceof UsageError ? EXIT.usage : EXIT.failure;
}

/** An error's message, which says what to do about it; never its stack. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
