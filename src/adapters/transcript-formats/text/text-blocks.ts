import { invalidField } from '../../../domain/shared/errors.ts';
import { linesOf } from '../lib/lines.ts';
import { oneLine } from '../lib/spoken.ts';
import { MAX_SEGMENTS, tooLarge } from '../limits.ts';
import { type BlockHeader, type HeaderStyle, headerStyle, readHeader } from './block-headers.ts';

/** A header and the words below it. */
export interface TextBlock extends BlockHeader {
  line: number;
  words: string[];
}

/** Otter puts title, date, keywords and names of speakers above the first block. */
const OTTER_HEADING = /^(?:SUMMARY KEYWORDS|SPEAKERS)$/;
const MARKDOWN_HEADING = /^#{1,6}\s/;
const FOOTER = /^Transcribed by https?:\/\/otter\.ai\/?$/i;

/**
 * Cuts a text into blocks. The first header says which form headers have; only a line of that form is one.
 * @returns the form too; null where there is no header
 */
export function textBlocks(text: string): { blocks: TextBlock[]; style: HeaderStyle | null } {
  const blocks: TextBlock[] = [];
  const preamble: { line: string; number: number }[] = [];
  const isDense = !hasBlankLine(text);
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
      blocks.push({ ...header, line: number, words: [] });
    } else if (line !== '' && !FOOTER.test(line)) {
      const block = blocks.at(-1);
      if (block === undefined) preamble.push({ line, number });
      else block.words.push(oneLine(line));
    }
    begins = line === '';
  }
  const [first] = preamble;
  if (first !== undefined && (blocks.length === 0 || !isHeading(preamble.map(({ line }) => line))))
    throw invalidField(`line ${first.number}`, EXPECTED);
  return { blocks, style };
}

const EXPECTED =
  'must be a name, two spaces and a time ("Ana López  0:01"), with the words below, or a time with words behind it ("[0:01] Ana López: words"); send WebVTT as text/vtt, SubRip as application/x-subrip, JSON as application/json';

/** A copied list of times and lines, as YouTube shows it, has no blank lines between them. */
function isTimeAlone(first: TextBlock | undefined): boolean {
  return first !== undefined && first.name === null && first.rest === '';
}

/** What may stand above the first block, and was not said. */
function isHeading(lines: string[]): boolean {
  return lines.some((line) => OTTER_HEADING.test(line)) || lines.every((line) => MARKDOWN_HEADING.test(line));
}

/** Between others. */
function hasBlankLine(text: string): boolean {
  for (const line of linesOf(text.trim())) if (line.trim() === '') return true;
  return false;
}
