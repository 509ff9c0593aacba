import { invalidField } from '../../../domain/shared/errors.ts';
import { HAS_WORDS } from '../lib/spoken.ts';
import { MAX_RAW_LENGTH, MAX_SEGMENTS, tooLarge, tooLong } from '../limits.ts';
import { isPlacement, type Times } from './cue-times.ts';

/** A cue as it stands in the file; its lines are not yet free of markup. */
export interface Cue {
  startMs: number;
  endMs: number;
  /** The line above its times, where that is no number. */
  id: string | null;
  lines: string[];
}

/**
 * What a line alone above the times is: an id whatever it says (WebVTT), an id where it is a number or where the first cue
 * has one too (SubRip), or speech (SubViewer).
 */
type CueIds = 'any' | 'numbers' | 'none';

const NUMBER = /^\s*\d{1,9}\s*$/;
/** One run of signs with a digit among them. */
const ID = /^(?=\S*\d)\S+$/;

/**
 * Collects cues from lines. A reader of a format says what each line is; which lines above the times are an id, a cue
 * number or speech is decided here: a number is a cue number only where it is the next one or stands alone before times.
 */
export class CueScanner {
  readonly cues: Cue[] = [];
  /** Of the open cue, or from before the first one; blank lines are one ''. */
  #lines: string[] = [];
  #length = 0;
  #lineNumber = 0;
  #firstStray = 0;
  #lastNumber: { value: number; cues: number } | null = null;
  #namesCues = false;
  readonly #ids: CueIds;

  constructor(ids: CueIds) {
    this.#ids = ids;
  }

  get lineNumber(): number {
    return this.#lineNumber;
  }

  nextLine(): void {
    this.#lineNumber++;
  }

  /** Whether the last line was blank, or there is none yet. */
  get atBlockStart(): boolean {
    return this.#lines.length === 0 ? this.cues.length === 0 : this.#lines.at(-1) === '';
  }

  /** Whether the line above may be an id, so that this one should hold times. */
  get belowId(): boolean {
    const above = this.#lines.at(-1);
    if (above === undefined || above === '') return false;
    const alone = this.#lines.length === 1 ? this.cues.length === 0 : this.#lines.at(-2) === '';
    return this.#isNext(above) || (alone && (this.#ids === 'any' || NUMBER.test(above)));
  }

  blank(): void {
    if (this.#lines.at(-1) !== '') this.#lines.push('');
  }

  text(line: string): void {
    if (this.cues.length === 0 && this.#firstStray === 0) this.#firstStray = this.#lineNumber;
    this.#length += line.length + 1;
    if (this.#length > MAX_RAW_LENGTH) throw tooLong(`cue ${Math.max(1, this.cues.length)}`);
    this.#lines.push(line);
  }

  /** Opens the next cue. @param id where the reader knows it already */
  times(times: Times, id: string | null = null): void {
    if ('bad' in times) throw this.badCue(times.bad);
    const { startMs, endMs, rest } = times;
    if (endMs < startMs) throw this.badCue('must not end before it starts');
    const own = id ?? this.#takeId();
    this.#close();
    if (this.cues.length === MAX_SEGMENTS)
      throw tooLarge('segments', `must be at most ${MAX_SEGMENTS}; split the transcript`, MAX_SEGMENTS);
    this.cues.push({ startMs, endMs, id: this.#numbered(own) ? null : own, lines: [] });
    if (rest !== '' && !isPlacement(rest)) this.#lines.push(rest);
  }

  /** The cues, when all lines have been given. */
  end(): Cue[] {
    if (this.#takeLoneNumber() === null) this.#takeLoneId();
    this.#close();
    return this.cues;
  }

  badCue(reason: string): Error {
    return invalidField(`cue ${this.cues.length + 1}`, `${reason}, on line ${this.#lineNumber}`);
  }

  #close(): void {
    const cue = this.cues.at(-1);
    // A list that is copied has no room to grow, which millions of lists would hold in vain.
    if (cue !== undefined) cue.lines = this.#lines.filter((line) => line !== '').slice();
    else if (this.#lines.some((line) => HAS_WORDS.test(line) && !NUMBER.test(line)))
      throw invalidField(
        `line ${this.#firstStray}`,
        'stands before the first times and belongs to no cue; give it times, or take it out',
      );
    this.#lines = [];
    this.#length = 0;
  }

  /** The line directly above the times, where it is no speech. */
  #takeId(): string | null {
    const above = this.#lines.at(-1);
    if (above === undefined || this.#ids === 'none') return null;
    if (above === '') return this.#takeLoneNumber();
    const alone = this.#lines.length === 1 ? this.cues.length === 0 : this.#lines.at(-2) === '';
    if (alone && this.cues.length === 0 && !NUMBER.test(above)) this.#namesCues = true;
    const isId = alone && (this.#ids === 'any' || this.#namesCues || NUMBER.test(above));
    // By WebVTT's rules a line with an arrow begins a new block, and a bad one above good times is ignored.
    const isBadHeader = this.#ids === 'any' && above.includes('-->');
    if (!isId && !isBadHeader && !this.#isNext(above)) return null;
    this.#lines.pop();
    return isBadHeader ? null : above.trim();
  }

  /** A number in a block of its own, which is the next one: the rest of a cue that was cut off, or set apart by a blank line. */
  #takeLoneNumber(): string | null {
    const at = this.#lines.findLastIndex((line) => line !== '');
    const found = this.#lines[at];
    const alone = at === 0 ? this.cues.length === 0 : this.#lines[at - 1] === '';
    if (found === undefined || !alone || !(this.#isNext(found) || this.#isFirst(found))) return null;
    this.#lines = this.#lines.slice(0, at);
    return found.trim();
  }

  /** The same at the end of a file whose cues all have ids that are no numbers. */
  #takeLoneId(): void {
    const at = this.#lines.findLastIndex((line) => line !== '');
    const everyCueHasId = this.#ids === 'any' && this.cues.every(({ id }) => id !== null);
    if (everyCueHasId && this.#lines[at - 1] === '' && ID.test(this.#lines[at] ?? ''))
      this.#lines = this.#lines.slice(0, at);
  }

  /** The first number of a file with a blank line below each line. */
  #isFirst(line: string): boolean {
    return this.cues.length === 0 && NUMBER.test(line);
  }

  #isNext(line: string): boolean {
    if (!NUMBER.test(line) || this.#lastNumber === null) return false;
    const { value, cues } = this.#lastNumber;
    return Number(line) === value + 1 || Number(line) === value + 1 + this.cues.length - cues;
  }

  #numbered(id: string | null): boolean {
    if (id === null || !NUMBER.test(id)) return false;
    this.#lastNumber = { value: Number(id), cues: this.cues.length + 1 };
    return true;
  }
}
