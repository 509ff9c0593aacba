import type { Command } from 'commander';
import type { Page } from '../../sdk/wire-types.ts';
import { countUpTo } from './options.ts';
import { note } from './output.ts';

const LONGEST_PAGE = 100;

/** The option of each command that lists. */
export function withLimit(command: Command): Command {
  return command.option('--limit <n>', 'how many to show', countUpTo(99_999), 50);
}

/** Reads the first `limit` items of a list, page by page. `query` holds the filters; an undefined one is left out. */
export async function readList<T>(
  readPage: (query: string) => Promise<Page<T>>,
  limit: number,
  query: Record<string, string | undefined> = {},
): Promise<{ data: T[]; has_more: boolean }> {
  const filters = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const data: T[] = [];
  for (let cursor: string | null = null; ; ) {
    const size = String(Math.min(limit - data.length, LONGEST_PAGE));
    const place: [string, string][] = cursor === null ? [] : [['cursor', cursor]];
    const page = await readPage(String(new URLSearchParams([...filters, ['limit', size], ...place])));
    data.push(...page.data);
    cursor = page.next_cursor;
    if (cursor === null || data.length >= limit) return { data, has_more: cursor !== null };
  }
}

/** Says on stderr that the list goes on, or that it is empty. */
export function noteLength({ data, has_more }: { data: readonly unknown[]; has_more: boolean }): void {
  if (data.length === 0) note('There is none.');
  if (has_more) note(`These are the first ${data.length}. Show more with --limit.`);
}
