/** The one JSON object of a command that was asked for `--json`. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** What the command was asked for. */
export function print(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}

/** Writes on stderr what only people want to know. Programs read stdout. */
export function note(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** Text without control characters, because names and answers must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}--[\n\t]]/gv, '');
}

/** Text on one line, cut at `length` characters. */
export function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
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
