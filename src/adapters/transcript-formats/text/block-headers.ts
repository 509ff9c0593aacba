import { nameForm } from '../speakers/name-form.ts';

/** The line that begins a block: when it was said, and what else the line holds. */
export interface BlockHeader {
  startMs: number;
  /** null where only the start is written. */
  endMs: number | null;
  name: string | null;
  /** What stands behind the time: words, or a name with the words below. */
  rest: string;
}

const CLOCK = String.raw`(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?`;
/** faster-whisper prints `[0.00s -> 4.00s]`. */
const SECONDS = String.raw`\d{1,6}\.\d{1,3}s`;
/** A clock with letters for digits, or a sign that is wrong or doubled: no speech has it. */
const BROKEN_CLOCK = String.raw`(?=\S*(?:[OolI;]|[:.,]{2}))[\dOolI]{1,3}[:;]{1,2}[\dOolI]{1,3}(?:[:;.,]{1,2}[\dOolI]{1,3}){0,2}`;
/** More of a line of times, which was meant for another format. */
const MORE_TIMES = String.raw`[\d.,:]*\d:\d`;
const SIGN = String.raw`(?:[-–—|•]\s+)?`;

const HEADERS = headersWith(CLOCK, SECONDS);
const BROKEN = headersWith(BROKEN_CLOCK, BROKEN_CLOCK);

/** The forms of a header. @param clock a time, as a regular expression. @param seconds another one, in brackets */
function headersWith(clock: string, seconds: string) {
  const from = `(?<from>${clock})`;
  const spanOf = (time: string) => String.raw`(?<from>${time})(?:\s*(?:-{1,2}>|[-–—→]|to)\s*(?<to>${time}))?`;
  const inBrackets = String.raw`[[(（]${spanOf(`${clock}|${seconds}`)}[\])）]`;
  return {
    /** `Ana  0:01`, or a time alone where nobody is named; also from when to when. */
    wide: new RegExp(String.raw`^(?:(?<name>\S.*?)(?:\s{2,}|\t\s*))?${spanOf(clock)}$`),
    /** `[0:01] Ana: words`, `[00:00.000 --> 00:04.000] words`. */
    bracketsFirst: new RegExp(String.raw`^${inBrackets}\s*${SIGN}(?<rest>.*)$`),
    /** `0:01 Ana`, `0:01 Ana: words`. */
    timeFirst: new RegExp(String.raw`^${spanOf(clock)}\s+(?!${MORE_TIMES})${SIGN}(?<rest>.*)$`),
    /** `[Ana] 14:00:05` */
    bracketedName: new RegExp(String.raw`^\[(?<name>.+)\]\s+${from}$`),
    /** `Ana (0:01)`, `Ana: (0:01)`, `Ana [0:01]: words`. */
    bracketedTime: new RegExp(String.raw`^(?<name>\S.*?)\s*[:：]?\s*${inBrackets}(?:[:：]?|[:：]\s*(?<rest>.*))$`),
    /** `Ana 0:01`, `Ana - 0:01`. */
    narrow: new RegExp(String.raw`^(?<name>\S.*?)\s+${SIGN}${from}$`),
  };
}

export type HeaderStyle = keyof typeof HEADERS;
const STYLES: readonly HeaderStyle[] = [
  'wide',
  'bracketsFirst',
  'timeFirst',
  'bracketedName',
  'bracketedTime',
  'narrow',
];

export const MAX_NAME = 100;
const MAX_HEADER = 200;
const MAY_HOLD_TIME = /\d(?::[0-5]\d|s)/;
const MAY_BE_MARKDOWN = /[*_]|^#/;
const HEADING = /^#{1,6}\s+/;
const EMPHASIS = /(\*{1,3}|__)(?=\S)(.+?)(?<=\S)\1/g;

/** The form of this header; null where the line is none. @param begins whether a block may begin here: a blank line stands above */
export function headerStyle(line: string, begins: boolean): HeaderStyle | null {
  if (!MAY_HOLD_TIME.test(line.slice(0, MAX_HEADER))) return null;
  return STYLES.find((style) => readHeader(line, style, begins) !== null) ?? null;
}

/** What a line says as a header of this form; null where it is none. */
export function readHeader(line: string, style: HeaderStyle, begins: boolean): BlockHeader | null {
  // A header stands at the begin: no line of a megabyte is searched for one.
  const [begin, more] = [line.slice(0, MAX_HEADER), line.slice(MAX_HEADER)];
  if (!MAY_HOLD_TIME.test(begin)) return null;
  const groups = HEADERS[style].exec(withoutMarkdown(begin))?.groups;
  if (groups === undefined || (more !== '' && groups.rest === undefined)) return null;
  const { from = '', to, name = null } = groups;
  const rest = (groups.rest ?? '') + more;
  if ((name?.length ?? 0) > MAX_NAME) return null;
  // A time alone, or one space after words, is a header only where a block begins; "We meet at 10:30" was said.
  if (((name === null && rest === '') || style === 'narrow') && !begins) return null;
  const isLoose = style === 'narrow' || style === 'bracketedTime';
  if (isLoose && name !== null && nameForm(name) === 'label') return null;
  return { startMs: milliseconds(from), endMs: to === undefined ? null : milliseconds(to), name, rest };
}

/** Whether a line was meant as a header of this form, with a time that cannot be read. */
export function isBrokenHeader(line: string, style: HeaderStyle): boolean {
  const begin = line.slice(0, MAX_HEADER);
  return /\d/.test(begin) && BROKEN[style].test(withoutMarkdown(begin));
}

function withoutMarkdown(line: string): string {
  return MAY_BE_MARKDOWN.test(line) ? line.replace(HEADING, '').replace(EMPHASIS, '$2') : line;
}

/** Minutes may be more than 59, as in `75:10`. */
function milliseconds(time: string): number {
  const seconds = time
    .replace('s', '')
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000);
}
