import type { z } from 'zod';
import type { Segment, Transcription } from '../../../domain/library/transcript.ts';
import type { acceptedTranscription, segment } from '../schemas/library-schemas.ts';

/** A transcription without what was said in it. */
export function presentTranscription(t: Transcription): z.infer<typeof acceptedTranscription> {
  return {
    id: t.id,
    recording_id: t.recordingId,
    status: t.status,
    language: t.language,
    duration_ms: t.durationMs,
    segment_count: t.segmentCount,
    error: t.error,
    replaced_by: t.replacedBy,
    source_format: t.sourceFormat,
    dropped: t.dropped && { empty_cues: t.dropped.emptyCues, repeats: t.dropped.repeats },
    created_at: t.createdAt,
    completed_at: t.completedAt,
  };
}

/** Times of segments are seconds on the wire, as in an import. */
export function presentSegment(s: Segment): z.infer<typeof segment> {
  return { start: s.startMs / 1000, end: s.endMs / 1000, text: s.text, speaker: s.speaker, confidence: s.confidence };
}
