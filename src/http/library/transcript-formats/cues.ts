import { parseVTTTimestamp } from 'media-captions';
import type { Segment } from '../../../domain/library/transcript.ts';
import { invalidField } from '../../../domain/shared/errors.ts';
import { yieldCooperatively } from '../../../runtime/cooperative-yield.ts';
import { type Speech, speechIn } from './cue-text.ts';
import { MAX_SPEAKER_LENGTH, MAX_TEXT_LENGTH, TOO_LONG } from './limits.ts';

const ARROW = '-->';
const TIMES = /^\s*(-?[\d:.,]+)\s*-->\s*(-?[\d:.,]+)(?:\s.*)?$/;
const CUE_NUMBER = /^\s*\d+\s*$/;

interface Cue {
  startMs: number;
  endMs: number;
  lines: string[];
}

/**
 * The cues of a WebVTT or SubRip body, block by block. Our own reading of blocks: the parsers at hand drop a cue whose
 * times they dislike, and its words with it, without a word.
 */
export class Cues {
  readonly #cues: Cue[] = [];

  /** The name of the cue that comes next, for errors. */
  get next(): string {
    return `cue ${this.#cues.length + 1}`;
  }

  /** Takes a block of the form `[id] times text…`. @returns false, and takes nothing, when it has no line of times. */
  addBlock(block: string[]): boolean {
    const timesAt = block.slice(0, 2).findIndex((line) => line.includes(ARROW));
    if (timesAt < 0) return false;
    this.#open(block[timesAt] ?? '');
    this.continueLast(block.slice(timesAt + 1));
    return true;
  }

  /** Gives the last cue more text, up to the next line of times, which opens a new one. @returns false when there is none. */
  continueLast(lines: string[]): boolean {
    let speech = this.#cues.at(-1)?.lines;
    if (speech === undefined) return false;
    for (const line of lines) {
      if (TIMES.test(line)) {
        // A cue without a blank line before it; the number above its times is no speech.
        if (CUE_NUMBER.test(speech.at(-1) ?? '')) speech.pop();
        speech = this.#open(line);
      } else {
        speech.push(line);
      }
    }
    return true;
  }

  /** @throws AskError for a cue without words, or with too many. */
  async segments(): Promise<Segment[]> {
    const segments: Segment[] = [];
    for await (const [index, { startMs, endMs, lines }] of yieldCooperatively(this.#cues.entries())) {
      for (const { speaker, text } of spokenIn(lines.join('\n'), `cue ${index + 1}`))
        segments.push({ startMs, endMs, text, speaker, confidence: null });
    }
    return segments;
  }

  #open(line: string): string[] {
    const [, from = '', to = ''] = TIMES.exec(line) ?? [];
    const cue = { startMs: this.#time(from), endMs: this.#time(to), lines: [] };
    if (cue.endMs < cue.startMs) throw invalidField(this.next, 'must not end before it starts');
    this.#cues.push(cue);
    return cue.lines;
  }

  #time(text: string): number {
    if (text.startsWith('-')) throw invalidField(this.next, 'its times must not be negative');
    const seconds = parseVTTTimestamp(text.replace(',', '.'));
    if (seconds === null) throw invalidField(this.next, 'its times must read 00:00:01.000 --> 00:00:02.000');
    return Math.round(seconds * 1000);
  }
}

function spokenIn(cueText: string, cue: string): Speech[] {
  if (cueText.length > MAX_TEXT_LENGTH) throw invalidField(cue, TOO_LONG);
  const speech = speechIn(cueText);
  if (speech.length === 0) throw invalidField(cue, 'must not be empty');
  if (speech.some(({ speaker }) => speaker !== null && speaker.length > MAX_SPEAKER_LENGTH)) {
    throw invalidField(cue, `the name of its speaker must have at most ${MAX_SPEAKER_LENGTH} characters`);
  }
  return speech;
}
