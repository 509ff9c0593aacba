import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Segment } from '../../../src/domain/library/transcript.ts';

const meetingSchema = z.object({
  name: z.string(),
  series: z.string(),
  started_at: z.string(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), speaker: z.string(), text: z.string() })),
  questions: z.array(
    z.object({ question: z.string(), answer: z.string(), spans_ms: z.array(z.tuple([z.number(), z.number()])) }),
  ),
});

/** A meeting and the questions asked about it, each with the places of its segments that answer it. */
export interface Meeting {
  name: string;
  series: string;
  /** As a user would name the recording. */
  title: string;
  startedAt: string;
  segments: Segment[];
  questions: { text: string; answer: string; gold: Set<number> }[];
}

/** The meetings of the evaluation: those of the demo, and the others. */
export const MEETING_FOLDERS = [
  join(import.meta.dirname, '../../../src/local/stack/demo/demo-data'),
  join(import.meta.dirname, 'meetings'),
];

/** The meetings of these folders, in each by their names. */
export function readMeetings(folders: readonly string[] = MEETING_FOLDERS): Meeting[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => join(folder, file)),
  );
  return files.map((file) => meetingOf(JSON.parse(readFileSync(file, 'utf8'))));
}

/** The four meetings of each series, by the last letter of their names. */
const TITLES: Record<string, string> = {
  a: 'Kick-off',
  b: 'Functional design',
  c: 'Conceptual design',
  d: 'Detailed design',
};

function meetingOf(given: unknown): Meeting {
  const { name, series, started_at, segments, questions } = meetingSchema.parse(given);
  const spoken = segments.map(
    ({ start, end, speaker, text }): Segment => ({
      startMs: Math.round(start * 1000),
      endMs: Math.round(end * 1000),
      speaker,
      text,
      confidence: null,
    }),
  );
  const goldOf = (spans: [number, number][]) =>
    new Set([...spoken.keys()].filter((i) => spans.some((span) => overlaps(spoken[i] as Segment, span))));
  return {
    name,
    series,
    title: TITLES[name.at(-1) ?? ''] ?? name,
    startedAt: started_at,
    segments: spoken,
    questions: questions
      .map(({ question, answer, spans_ms }) => ({ text: question, answer, gold: goldOf(spans_ms) }))
      .filter(({ gold }) => gold.size > 0),
  };
}

function overlaps({ startMs, endMs }: Segment, [from, to]: [number, number]): boolean {
  return startMs < to && endMs > from;
}
