import { invalidField } from '../../../domain/shared/errors.ts';
import { linesOf } from '../lib/lines.ts';
import { oneLine } from '../lib/spoken.ts';
import { MAX_RAW_LENGTH, MAX_SEGMENTS, tooLarge, tooLong } from '../limits.ts';
import { type BlockHeader, type HeaderStyle, headerStyle, isBrokenHeader, readHeader } from './block-headers.ts';
import { MeetingHeading } from './meeting-heading.ts';

/** A header and the words below it. */
export interface TextBlock extends BlockHeader {
  line: number;
  words: string[];
  /** Characters of the words. */
  length: number;
}

/** Otter puts title, date, keywords and names of speakers above the first block. */
const OTTER_HEADING = /^(?:SUMMARY KEYWORDS|SPEAKERS)$/;
const MARKDOWN_HEADING = /^#{1,6}\s/;
const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))[^\S\r\n]*[\r\n]/;
const IN_WORDS = /^(?:(\d+) hours?,?\s*)?(?:(\d+) minutes?,?\s*)?(?:(\d+) seconds?)?$/;
const FOOTER = /^Transcribed by https?:\/\/otter\.ai\/?$/i;

/**
 * Cuts a text into blocks. The first header says which form headers have; only a line of that form is one.
 * @returns the form too; null where there is no header
 */
export function textBlocks(text: string): { blocks: TextBlock[]; style: HeaderStyle | null } {
  const blocks: TextBlock[] = [];
  const preamble = new Preamble();
  const isDense = !BLANK_LINE.test(text.trim());
  let style: HeaderStyle | null = null;
  let begins = true;
  let number = 0;
  for (const raw of linesOf(text)) {
    number++;
    const line = raw.trim();
    style ??= headerStyle(line, begins);
    const header: BlockHeader | null = style && readHeader(line, style, begins || isDense || isTimeAlone(blocks[0]));
    if (header !== null) {
      if (blocks.length === MAX_SEGMENTS)
        throw tooLarge('segments', `must be at most ${MAX_SEGMENTS}; split the transcript`, MAX_SEGMENTS);
      blocks.push({ ...header, line: number, words: [], length: 0 });
    } else if (style !== null && isBrokenHeader(line, style)) {
      throw invalidField(`line ${number}`, 'its time must read 0:01, 00:00:01 or 00:00:01.000');
    } else if (line !== '' && !FOOTER.test(line) && !isTimeInWords(line, blocks.at(-1))) {
      const block = blocks.at(-1);
      if (block === undefined) preamble.add(line, number);
      else addWords(block, oneLine(line));
    }
    begins = line === '';
  }
  if (preamble.firstLine > 0 && (blocks.length === 0 || !preamble.isHeading))
    throw invalidField(`line ${preamble.firstLine}`, EXPECTED);
  return { blocks, style };
}

const EXPECTED =
  'must be a name, two spaces and a time ("Ana López  0:01"), with the words below, or a time with words behind it ("[0:01] Ana López: words"); send WebVTT as text/vtt, SubRip as application/x-subrip, JSON as application/json';

/** A copied list of times and lines, as YouTube shows it, has no blank lines between them. */
function isTimeAlone(first: TextBlock | undefined): boolean {
  return first !== undefined && first.name === null && first.rest === '';
}

function addWords(block: TextBlock, words: string): void {
  block.length += words.length + 1;
  if (block.length > MAX_RAW_LENGTH) throw tooLong(`line ${block.line}`);
  block.words.push(words);
}

/** YouTube's page reads each time to those who do not see it, and this is copied too. */
function isTimeInWords(line: string, block: TextBlock | undefined): boolean {
  if (block === undefined || block.words.length > 0 || block.rest !== '' || !/\d/.test(line[0] ?? '')) return false;
  const [whole, hours = 0, minutes = 0, seconds = 0] = IN_WORDS.exec(line) ?? [];
  const time = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole !== undefined && time === Math.floor(block.startMs / 1000);
}

/** What stands above the first block. */
class Preamble {
  /** 0 where there is nothing. */
  firstLine = 0;
  #length = 0;
  #ofOtter = false;
  #ofMarkdown = true;
  readonly #heading = new MeetingHeading();

  add(line: string, number: number): void {
    if (this.firstLine === 0) this.firstLine = number;
    this.#length += line.length;
    // No heading is as long as that.
    if (this.#length > MAX_RAW_LENGTH) throw invalidField(`line ${this.firstLine}`, EXPECTED);
    this.#ofOtter ||= OTTER_HEADING.test(line);
    this.#ofMarkdown &&= MARKDOWN_HEADING.test(line);
    this.#heading.add(line);
  }

  /** Whether it was not said, and may be left out. */
  get isHeading(): boolean {
    return this.#ofOtter || this.#ofMarkdown || this.#heading.isWhole;
  }
}
