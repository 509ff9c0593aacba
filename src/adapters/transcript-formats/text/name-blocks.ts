import type { Dropped, Segment } from '../../../domain/library/transcript.ts';
import { invalidField } from '../../../domain/shared/errors.ts';
import { linesOf } from '../lib/lines.ts';
import { oneLine } from '../lib/spoken.ts';
import { MAX_SEGMENTS, tooLarge } from '../limits.ts';
import { assertSegment, speakerName } from '../segment.ts';
import { nameForm } from '../speakers/name-form.ts';

const CLOCK = String.raw`((?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:\.\d{1,3})?)`;
/** `Name  0:01`, `[Name] 14:00:05`, `Name (00:01):`, or a time alone where nobody is named. */
const HEADERS = {
  wide: new RegExp(String.raw`^(?:(\S.*?)(?:\s{2,}|\t\s*))?${CLOCK}$`),
  bracketedName: new RegExp(String.raw`^\[(.+)\]\s+${CLOCK}$`),
  bracketedTime: new RegExp(String.raw`^(\S.*?)\s*[[(]${CLOCK}[\])]:?$`),
  narrow: new RegExp(String.raw`^(\S.*?)\s${CLOCK}$`),
};
type Style = keyof typeof HEADERS;
const STYLES: readonly Style[] = ['bracketedName', 'bracketedTime', 'wide', 'narrow'];

const MAX_NAME = 100;
/** Otter puts title, date, keywords and names of speakers above the first block. */
const OTTER_HEADING = /^(?:SUMMARY KEYWORDS|SPEAKERS)$/;
const FOOTER = /^Transcribed by https?:\/\/otter\.ai\/?$/i;
const HOUR_MS = 3_600_000;
/** Nothing tells when the last block ends: 150 words a minute are usual. */
const MS_A_WORD = 400;

interface Block {
  startMs: number;
  speaker: string | null;
  line: number;
  words: string[];
}

/**
 * Blocks of a name with a time and the words below, as Otter, Zoom, Teams and Rev write them. The first header says which
 * form headers have; only a line of that form, at the start of a block, is one.
 */
export function* nameBlocks(text: string): Generator<Segment, Dropped, undefined> {
  const blocks = blocksOf(text);
  const spoken = blocks.filter(({ words }) => words.length > 0);
  const ordered = spoken.toSorted((a, b) => a.startMs - b.startMs);
  const next = new Map(ordered.map((block, at) => [block, ordered[at + 1]]));
  for (const block of spoken) {
    const { startMs, speaker, line, words } = block;
    const said = words.join(' ');
    const endMs = next.get(block)?.startMs ?? startMs + said.split(' ').length * MS_A_WORD;
    const segment = { startMs, endMs, text: said, speaker, confidence: null };
    assertSegment(segment, `line ${line}`);
    yield segment;
  }
  return { emptyCues: blocks.length - spoken.length, repeats: 0 };
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const preamble: string[] = [];
  let style: Style | null = null;
  let afterBlank = true;
  let number = 0;
  for (const raw of linesOf(text)) {
    number++;
    const line = raw.trim();
    style ??= STYLES.find((each) => headerIn(line, each, afterBlank) !== null) ?? null;
    const header = style === null ? null : headerIn(line, style, afterBlank);
    if (header !== null) {
      if (blocks.length === MAX_SEGMENTS)
        throw tooLarge('segments', `must be at most ${MAX_SEGMENTS}; split the transcript`, MAX_SEGMENTS);
      blocks.push({ ...header, line: number, words: [] });
    } else if (line !== '' && !FOOTER.test(line)) {
      (blocks.at(-1)?.words ?? preamble).push(oneLine(line));
    }
    afterBlank = line === '';
  }
  if (preamble.length > 0 && (blocks.length === 0 || !preamble.some((line) => OTTER_HEADING.test(line))))
    throw invalidField(`line ${lineOf(text)}`, EXPECTED);
  return style === 'bracketedName' ? fromFirst(blocks) : blocks;
}

/** The first line that is not blank. */
function lineOf(text: string): number {
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    if (line.trim() !== '') break;
  }
  return number;
}

const EXPECTED =
  'must be a name, two spaces and a time ("Ana López  0:01"), with the words below; send WebVTT as text/vtt, SubRip as application/x-subrip, JSON as application/json';

function headerIn(line: string, style: Style, afterBlank: boolean): { startMs: number; speaker: string | null } | null {
  const [, name, time] = HEADERS[style].exec(line) ?? [];
  if (time === undefined || (name?.length ?? 0) > MAX_NAME) return null;
  // A time alone, or one space after words, is a header only where a block begins; "We meet at 10:30" was said.
  if ((name === undefined || style === 'narrow') && !afterBlank) return null;
  const loose = style === 'narrow' || style === 'bracketedTime';
  if (loose && name !== undefined && nameForm(name) === 'label') return null;
  return { startMs: milliseconds(time), speaker: speakerName(name) };
}

function milliseconds(time: string): number {
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000);
}

/** Zoom writes the time of day: no recording begins to speak an hour in. */
function fromFirst(blocks: Block[]): Block[] {
  const first = blocks[0]?.startMs ?? 0;
  if (first < HOUR_MS) return blocks;
  return blocks.map((block) => ({ ...block, startMs: Math.max(0, block.startMs - first) }));
}
