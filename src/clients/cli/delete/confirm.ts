import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/** Whether somebody sees a question and can answer it. */
export function canBeAsked(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on the terminal. Everything but `yes` is a no, also Ctrl-C and Ctrl-D. */
export async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once('SIGINT', () => terminal.close());
  const closed = once(terminal, 'close').then(() => '');
  // Ctrl-D rejects it.
  const typed = terminal.question(question).catch(() => '');
  const answer = await Promise.race([typed, closed]);
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}
