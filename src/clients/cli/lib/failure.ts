import { CommanderError } from 'commander';

/** What a command says when it cannot do its work: one sentence, with the remedy. */
export class CliError extends Error {}

/** A wrong call of a command. */
export class UsageError extends CliError {}

export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

/** Says on stderr why a command failed. @returns the exit code */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  process.stderr.write(`error: ${sentenceOf(error)}\n`);
  return error instanceof UsageError ? EXIT.usage : EXIT.failure;
}

/** An error's message, which says what to do about it; never its stack. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
