/** Says one line about what is being tried; the terminal shows it with the elapsed time. */
export type Report = (line: string) => void;

/** One way to get an executable. `find` resolves to its path, or to null when this way does not apply. */
export interface Choice {
  name: string;
  find(report: Report): Promise<string | null>;
}

/**
 * The path of an executable, from the first choice that has it. When a choice fails, it reports one line and tries the next.
 * @throws Error with the reason of each choice and the remedy when all have failed.
 */
export async function locate(
  what: string,
  choices: readonly Choice[],
  remedy: string,
  report: Report,
): Promise<string> {
  const failures: string[] = [];
  for (const choice of choices) {
    try {
      const path = await choice.find(report);
      if (path !== null) return path;
      failures.push(`${choice.name}: not there`);
    } catch (error) {
      const reason = `${choice.name}: ${reasonOf(error)}`;
      failures.push(reason);
      report(`${reason}; trying the next way`);
    }
  }
  throw new Error(`${what} cannot be had:\n  ${failures.join('\n  ')}\n${remedy}`);
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message;
}
