import type { Segment, Transcription } from '../../../domain/library/transcript.ts';
import type { SegmentRun } from '../../../use-cases/library/read-segments.ts';
import { encodeCursor } from '../../kernel/lib/cursor.ts';
import { presentSegment, presentTranscription } from './present-transcription.ts';

/** How to read the segments from their beginning. The text stands behind them, so all are read twice. */
type ReadRuns = () => AsyncIterable<SegmentRun>;

/** The JSON of a whole transcription, written while it is read. One that was replaced has no words any more. */
export async function* writeTranscription(t: Transcription, read: ReadRuns): AsyncGenerator<string> {
  yield openingOf(t);
  if (t.status === 'replaced') return yield '],"text":null}';
  yield* writeEach(read(), jsonOf, ',');
  yield '],"text":"';
  yield* writeEach(read(), textOf, ' ');
  yield '"}';
}

/** The JSON of a part of a transcription, and of where the next part begins. */
export async function* writeTranscriptionPart(t: Transcription, read: ReadRuns): AsyncGenerator<string> {
  yield openingOf(t);
  const next = t.status === 'replaced' ? null : yield* writeEach(read(), jsonOf, ',');
  const cursor = next === null ? null : encodeCursor(next);
  yield `],"text":null,"has_more":${cursor !== null},"next_cursor":${JSON.stringify(cursor)}}`;
}

function openingOf(t: Transcription): string {
  return `${JSON.stringify(presentTranscription(t)).slice(0, -1)},"segments":[`;
}

/** @returns the place after the last segment that was written. */
async function* writeEach(
  runs: AsyncIterable<SegmentRun>,
  write: (segment: Segment) => string,
  separator: string,
): AsyncGenerator<string, SegmentRun['next']> {
  let before = '';
  let place: SegmentRun['next'] = null;
  for await (const { segments, next } of runs) {
    if (segments.length > 0) yield before + segments.map(write).join(separator);
    before = separator;
    place = next;
  }
  return place;
}

function jsonOf(segment: Segment): string {
  return JSON.stringify(presentSegment(segment));
}

/** As the inside of a JSON string. */
function textOf({ text }: Segment): string {
  return JSON.stringify(text).slice(1, -1);
}
