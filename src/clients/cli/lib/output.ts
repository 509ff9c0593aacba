/** The one JSON object of a command that was asked for `--json`. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** What the command was asked for. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes on stderr what people want to know beside the result; programs read stdout only. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Rows in aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
