import type { ApiClient } from '../../../sdk/api-client.ts';
import type { Recording, RecordingId, Segment } from '../../../sdk/wire-types.ts';

export interface LoadedTranscript {
  recording: Recording;
  /** Those that are here already. */
  segments: readonly Segment[];
  /** How many there are. */
  size: number;
  isWhole: boolean;
}

/** The most segments that one request brings: all of most meetings. */
const PART = 1_000;

/** A recording and what was said in it, again with each part that comes; no segments where it has no transcript. */
export async function* readTranscript(api: ApiClient, id: RecordingId): AsyncGenerator<LoadedTranscript> {
  const recording = await api.recording(id);
  const { transcription_id } = recording;
  if (transcription_id === null) {
    yield { recording, segments: [], size: 0, isWhole: true };
    return;
  }
  let segments: readonly Segment[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const part = await api.transcription(transcription_id, `limit=${PART}${cursor}`);
    segments = segments.concat(part.segments);
    cursor = part.next_cursor ? `&cursor=${encodeURIComponent(part.next_cursor)}` : null;
    yield { recording, segments, size: part.segment_count, isWhole: cursor === null };
  }
}
