import type { z } from 'zod';
import type { Source } from '../../../domain/library/source.ts';
import type { source } from '../schemas/search-schemas.ts';

export function presentSource(s: Source): z.infer<typeof source> {
  return {
    chunk_id: s.chunkId,
    recording_id: s.recordingId,
    transcription_id: s.transcriptionId,
    chunk_text: s.text,
    speaker: s.speaker,
    start_ms: s.startMs,
    end_ms: s.endMs,
    recorded_at: s.recordedAt,
    score: s.score,
  };
}
