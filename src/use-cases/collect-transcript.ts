import type { Segment } from '../domain/library/transcript.ts';
import type { ReadTranscript, TranscriptFacts } from '../ports/library/transcript-reader.ts';
import { yieldCooperatively } from '../runtime/cooperative-yield.ts';

/** Reads a transcript to its end, with pauses in which the process serves others; its segments come ordered by their start. */
export async function collectTranscript(
  reading: ReturnType<ReadTranscript>,
): Promise<TranscriptFacts & { segments: Segment[] }> {
  const segments: Segment[] = [];
  for await (const step of yieldCooperatively(stepsOf(reading))) {
    // Those that start together keep their order.
    if ('facts' in step) return { ...step.facts, segments: segments.sort((a, b) => a.startMs - b.startMs) };
    segments.push(step.segment);
  }
  throw new Error('The reader of a transcript ended without its facts.');
}

function* stepsOf(reading: ReturnType<ReadTranscript>): Generator<{ segment: Segment } | { facts: TranscriptFacts }> {
  for (let next = reading.next(); ; next = reading.next()) {
    yield next.done ? { facts: next.value } : { segment: next.value };
    if (next.done) return;
  }
}
