import type { Segment } from '../../../sdk/wire-types.ts';

export interface TranscriptSearch {
  words: string;
  /** null: everybody. */
  speaker: string | null;
}

/** The indexes of the segments that have the words and the speaker; none when nothing is sought. */
export function findSegments(segments: readonly Segment[], { words, speaker }: TranscriptSearch): number[] {
  const sought = words.trim().toLowerCase();
  if (sought === '' && speaker === null) return [];
  return segments.flatMap(({ text, speaker: who }, index) =>
    (speaker === null || who === speaker) && text.toLowerCase().includes(sought) ? [index] : [],
  );
}

/** Everybody who speaks, most talkative first. */
export function speakersOf(segments: readonly Segment[]): string[] {
  const said = new Map<string, number>();
  for (const { speaker, text } of segments) {
    if (speaker !== null) said.set(speaker, (said.get(speaker) ?? 0) + text.length);
  }
  return [...said].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
