/**
 * Compares the recordings of two releases, scenario by scenario: the same commands with the same inputs, and between them
 * the same results. Exits 1 on a difference: `npm run replay:compare -- 0.1.0 0.2.0`.
 */
import { parseArgs } from 'node:util';
import { print, table } from '../../src/clients/cli/lib/output.ts';
import type { LogEntry } from './command-log.ts';
import { committedHistories } from './histories.ts';

const IDS = /\b[a-z]{2,3}_[0-9a-z]{26}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

const { positionals } = parseArgs({ allowPositionals: true });
const [before, after] = positionals;
if (before === undefined || after === undefined) throw new Error('Name two releases, as in: 0.1.0 0.2.0');

const [then, now] = [recordingsOf(before), recordingsOf(after)];
const names = [...new Set([...then.keys(), ...now.keys()])].sort();
const rows = names.map((name) => [name, then.get(name) ?? [], now.get(name) ?? []] as const).map(row);
const differing = rows.filter(([state]) => state !== 'same').length;
print(table(rows));
print(`${rows.length} scenarios of ${before} and ${after}, ${differing} differ`);
process.exit(rows.length > 0 && differing === 0 ? 0 : 1);

function row([name, old, recent]: readonly [string, string[], string[]]): string[] {
  const commands = recent.filter((line) => line.startsWith('{"sent"')).length;
  const length = Math.max(old.length, recent.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => old[index] !== recent[index]);
  if (at === undefined) return ['same', name, `${commands} commands`];
  return ['DIFFERS', name, `entry ${at + 1}: ${old[at] ?? 'nothing'}; then: ${recent[at] ?? 'nothing'}`];
}

/** The log of each scenario, in a form that two recordings have in common. */
function recordingsOf(release: string): Map<string, string[]> {
  return new Map(committedHistories(release).map(({ name, log }) => [name.slice(release.length + 1), comparable(log)]));
}

/** Ids by the order in which they appear. The marker of a patch is no step, and a timer's time is that of a clock. */
function comparable(log: readonly LogEntry[]): string[] {
  const ids = new Map<string, string>();
  const known = (id: string) => {
    const kind = /^[a-z]+_/.exec(id)?.[0] ?? 'uuid_';
    if (!ids.has(id)) ids.set(id, `${kind}${ids.size + 1}`);
    return ids.get(id) ?? id;
  };
  const lines: string[] = [];
  let heard: string[] = [];
  for (const entry of log) {
    if ('came' in entry) {
      heard.push(line(entry));
      continue;
    }
    if (entry.sent === 'setPatchMarker') continue;
    // Which of several steps at once ends first is up to chance.
    lines.push(...heard.sort(), line(entry.sent === 'startTimer' ? { sent: entry.sent } : entry));
    heard = [];
  }
  return [...lines, ...heard.sort()];

  function line(entry: LogEntry): string {
    return JSON.stringify(entry).replace(IDS, known);
  }
}
