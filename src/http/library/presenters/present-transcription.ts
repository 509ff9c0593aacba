import type { z } from 'zod';
import type { Segment, Transcription } from '../../../domain/library/transcript.ts';
import type { transcription } from '../schemas/library-schemas.ts';

/** Times of segments are seconds on the wire, as in an import. */
export function presentTranscription(t: Transcription, segments: readonly Segment[]): z.infer<typeof transcription> {
  return {
    id: t.id,
    recording_id: t.recordingId,
    status: t.status,
    language: t.language,
    duration_ms: t.durationMs,
    segments: segments.map((s) => ({
      start: s.startMs / 1000,
      end: s.endMs / 1000,
      text: s.text,
      speaker: s.speaker,
      confidence: s.confidence,
    })),
    text: segments.map((s) => s.text).join(' '),
    error: t.error,
    created_at: t.createdAt,
    completed_at: t.completedAt,
  };
}
