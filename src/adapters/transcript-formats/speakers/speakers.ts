import type { Spoken } from '../lib/spoken.ts';
import { type NamePrefix, namePrefix, withoutTurnMarks } from './name-prefix.ts';

/** What one person says in a cue. */
export interface Utterance {
  speaker: string | null;
  text: string;
}

interface Count {
  prefix: NamePrefix;
  times: number;
}

// Shares of the cues without a voice tag that begin with something before a colon, or with a known name.
const MOST = 0.8;
const HALF = 0.5;
const SOME = 0.05;

/**
 * Tells names from labels over the whole file: names repeat, and where a tool writes them they stand before every cue;
 * a label ("Remember:") does neither.
 */
export class Speakers {
  readonly #names: ReadonlySet<string>;
  readonly #repeated: ReadonlySet<string>;
  readonly #capitals: boolean;

  /** @param cues the words of each cue */
  constructor(cues: Iterable<Spoken[]>) {
    const counts = new Map<string, Count>();
    const firsts = new Map<string, number>();
    let all = 0;
    let covered = 0;
    let bare = 0;
    for (const spoken of cues) {
      if (!spoken.some(({ voice }) => voice === null)) continue;
      all++;
      const [first, ...others] = prefixesIn(spoken);
      if (first === undefined) continue;
      covered++;
      if (first.bare) bare++;
      firsts.set(first.name, (firsts.get(first.name) ?? 0) + 1);
      for (const prefix of [first, ...others]) count(counts, prefix);
    }
    const coverage = all === 0 ? 0 : covered / all;
    const sure = namesAmong(counts, coverage, bare >= MOST * all);
    const isKnown = ([name, times]: [string, number]) => sure.has(name) || times > 1;
    const named = [...firsts].filter(isKnown).reduce((sum, [, times]) => sum + times, 0) / Math.max(all, 1);
    this.#repeated = new Set([...counts].filter(([, { times }]) => times > 1).map(([name]) => name));
    this.#names = new Set([...sure, ...displayNames(counts, firsts, coverage, named)]);
    this.#capitals = [...sure].some((name) => this.#repeated.has(name) && isAllCapitals(name));
  }

  /** The utterances of a cue, in order; `fallback` is who says what no name stands before. */
  utterances(spoken: Spoken[], fallback: string | null): Utterance[] {
    const utterances: Utterance[] = [];
    // Whether a name may stand here: at the beginning, and after a line that had one.
    let open = true;
    for (const { voice, lines } of spoken) {
      let speaker = voice ?? fallback;
      for (const given of lines) {
        const line = withoutTurnMarks(given);
        const prefix = this.#prefixOf(line, voice, open);
        if (prefix !== null) speaker = prefix.name || null;
        open = prefix !== null;
        add(utterances, speaker, prefix?.rest ?? line);
      }
    }
    // A cue of nothing but a name keeps it as its words.
    const bare = spoken.flatMap(({ lines }) => lines).join(' ');
    return utterances.length > 0 || bare === '' ? utterances : [{ speaker: fallback, text: bare }];
  }

  #prefixOf(line: string, voice: string | null, open: boolean): NamePrefix | null {
    const prefix = namePrefix(line);
    if (prefix === null || prefix.form === 'label') return null;
    if (voice !== null) return prefix.name === voice ? prefix : null;
    if (prefix.form === 'generic') return prefix;
    if (this.#names.has(prefix.name)) {
      // In the middle of a cue a name must be known from elsewhere.
      const known = prefix.marked || this.#repeated.has(prefix.name) || isAllCapitals(prefix.name);
      return open || known ? prefix : null;
    }
    const inStyle = prefix.marked || (this.#capitals && isAllCapitals(prefix.name) && !prefix.bare);
    return prefix.form === 'name' && inStyle ? prefix : null;
  }
}

/** What may be names, of the lines that no voice tag names. */
function prefixesIn(spoken: Spoken[]): NamePrefix[] {
  const found: NamePrefix[] = [];
  for (const { voice, lines } of spoken) {
    if (voice !== null) continue;
    for (const line of lines) {
      const prefix = namePrefix(line);
      if (prefix !== null && prefix.form !== 'label') found.push(prefix);
    }
  }
  return found;
}

function count(counts: Map<string, Count>, prefix: NamePrefix): void {
  const known = counts.get(prefix.name);
  if (known === undefined) counts.set(prefix.name, { prefix, times: 1 });
  else known.times++;
}

/** @param bareNames whether names stand in brackets without a colon */
function namesAmong(counts: Map<string, Count>, coverage: number, bareNames: boolean): Set<string> {
  const repeated = [...counts].filter(([, { prefix, times }]) => prefix.form === 'name' && times > 1).length;
  const names = [...counts].filter(([, { prefix, times }]) => {
    if (prefix.form === 'generic') return true;
    if (prefix.form !== 'name' || (prefix.bare && !bareNames)) return false;
    if (coverage >= MOST) return true;
    // One word may be a label that no list has ("Aufwand: hoch"): people who talk come again, and are two at least.
    if (isOneWord(prefix) && coverage <= HALF) return repeated > 1 && times > 1 && coverage >= SOME;
    return coverage >= (times > 1 ? SOME : HALF);
  });
  return new Set(names.map(([name]) => name));
}

function isOneWord({ name, marked }: NamePrefix): boolean {
  return !marked && !isAllCapitals(name) && /^\p{L}+$/u.test(name);
}

/** A display name can be any text: it counts where it begins a cue, and names stand before (almost) every cue. */
function displayNames(
  counts: Map<string, Count>,
  firsts: Map<string, number>,
  coverage: number,
  named: number,
): string[] {
  if (coverage < MOST) return [];
  const onceIsEnough = coverage === 1 && named >= HALF;
  return [...firsts]
    .filter(([name, times]) => counts.get(name)?.prefix.form === 'other' && (times > 1 || onceIsEnough))
    .map(([name]) => name);
}

function isAllCapitals(name: string): boolean {
  return /\p{Lu}/u.test(name) && name === name.toUpperCase();
}

function add(utterances: Utterance[], speaker: string | null, text: string): void {
  if (text === '') return;
  const last = utterances.at(-1);
  if (last !== undefined && last.speaker === speaker) last.text += ` ${text}`;
  else utterances.push({ speaker, text });
}
