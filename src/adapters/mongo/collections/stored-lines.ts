import { z } from 'zod';
import type { Line } from '../../../domain/library/transcript-lines.ts';

/**
 * The lines of a chunk beside its text, as JSON text: FerretDB takes a document apart value by value. A line is its times,
 * its first and last segment, where its words stand in the chunk's text (from, until before), and the place of its speaker.
 */
const packed = z.object({
  speakers: z.array(z.string().nullable()),
  lines: z.array(
    z.tuple([z.number(), z.number(), z.number().nullable(), z.number().nullable(), z.number(), z.number(), z.number()]),
  ),
});

export function packLines(lines: readonly Line[], text: string): string {
  const speakers = [...new Set(lines.map(({ speaker }) => speaker))];
  let from = 0;
  const rows = lines.map(({ startMs, endMs, segments, speaker, text: words }) => {
    const start = Math.max(text.indexOf(words, from), from);
    from = start + words.length;
    return [startMs, endMs, segments?.first ?? null, segments?.last ?? null, start, from, speakers.indexOf(speaker)];
  });
  return JSON.stringify({ speakers, lines: rows });
}

export function unpackLines(json: string, text: string): Line[] {
  const { speakers, lines } = packed.parse(JSON.parse(json));
  return lines.map(([startMs, endMs, first, last, from, to, speaker]) => ({
    startMs,
    endMs,
    speaker: speakers[speaker] ?? null,
    text: text.slice(from, to),
    segments: first === null || last === null ? null : { first, last },
  }));
}

const SPEAKER = /^([^:\n]{1,60}): /;

/** The lines of a chunk of 0.1.0, which kept when each begins, and its speaker in the text alone. */
export function linesOfText(text: string, startsMs: readonly number[], endMs: number): Line[] {
  return text.split('\n').map((line, i) => {
    const speaker = SPEAKER.exec(line);
    return {
      startMs: startsMs[i] ?? startsMs.at(-1) ?? 0,
      endMs: startsMs[i + 1] ?? endMs,
      speaker: speaker?.[1] ?? null,
      text: line.slice(speaker?.[0].length ?? 0),
      segments: null,
    };
  });
}
