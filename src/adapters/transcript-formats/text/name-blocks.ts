import type { Dropped, Segment } from '../../../domain/library/transcript.ts';
import { MS_A_WORD, oneLine, type Spoken } from '../lib/spoken.ts';
import { assertSegment, speakerName } from '../segment.ts';
import { type NameForm, nameForm } from '../speakers/name-form.ts';
import { Speakers, type Utterance } from '../speakers/speakers.ts';
import { MAX_NAME } from './block-headers.ts';
import { type TextBlock, textBlocks } from './text-blocks.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Share of the blocks that have words below where what stands behind a time is a name. */
const MOST = 0.8;

/**
 * Blocks that begin with a time, as Otter, Zoom, Teams, Rev, Whisper and others write them: with a name and the words below,
 * or with the words behind it.
 */
export function* nameBlocks(text: string): Generator<Segment, Dropped, undefined> {
  const { blocks: found, style } = textBlocks(text);
  placeRests(found);
  const blocks = style === 'bracketedName' ? fromFirst(found) : found;
  const spoken = blocks.filter(({ words }) => words.length > 0);
  const ordered = spoken.toSorted((a, b) => a.startMs - b.startMs);
  const next = new Map(ordered.map((block, at) => [block, ordered[at + 1]]));
  const speakers = new Speakers(spoken.map(spokenIn));
  for (const block of spoken) {
    const { startMs, line } = block;
    const utterances = speakers.utterances(spokenIn(block), null);
    const endMs = block.endMs ?? next.get(block)?.startMs ?? startMs + wordsIn(utterances) * MS_A_WORD;
    for (const { speaker, text } of utterances) {
      const segment = { startMs, endMs, text, speaker, confidence: null };
      assertSegment(segment, `line ${line}`);
      yield segment;
    }
  }
  return { emptyCues: blocks.length - spoken.length, repeats: 0 };
}

/** What stands behind the times is a name where it looks like one and has words below; else it was said. */
function placeRests(blocks: TextBlock[]): void {
  const withWords = blocks.filter(({ words }) => words.length > 0).length;
  const forms = blocks.flatMap(({ rest }) => (rest === '' ? [] : [formOf(rest)]));
  const names = forms.filter((form) => form === 'name' || form === 'generic').length;
  const areNames = withWords >= MOST * blocks.length && !forms.includes('label') && names * 2 >= forms.length;
  for (const block of blocks) {
    if (block.rest === '') continue;
    if (areNames) block.name = withoutColon(block.rest);
    else block.words.unshift(oneLine(block.rest));
  }
}

function formOf(rest: string): NameForm {
  const name = withoutColon(rest);
  return name.length > MAX_NAME || /[:：]/.test(name) ? 'label' : nameForm(name);
}

function withoutColon(name: string): string {
  return /[:：]$/.test(name) ? name.slice(0, -1).trimEnd() : name;
}

/** Zoom writes the time of day: no recording begins to speak an hour in. A meeting may go on past midnight. */
function fromFirst(blocks: TextBlock[]): TextBlock[] {
  const first = blocks[0]?.startMs ?? 0;
  if (first < HOUR_MS) return blocks;
  return blocks.map((block) => {
    const since = block.startMs - first;
    return { ...block, startMs: since < -DAY_MS / 2 ? since + DAY_MS : Math.max(0, since) };
  });
}

function spokenIn({ name, words }: TextBlock): Spoken[] {
  return [{ voice: speakerName(name), lines: words }];
}

function wordsIn(utterances: readonly Utterance[]): number {
  return utterances.reduce((count, { text }) => count + text.split(' ').length, 0);
}
