import type { z } from 'zod';
import type { Recording } from '../../../domain/library/recording.ts';
import type { recording } from '../schemas/library-schemas.ts';

export function presentRecording(r: Recording): z.infer<typeof recording> {
  return {
    id: r.id,
    device_id: r.deviceId,
    end_user_id: r.endUserId,
    name: r.name,
    status: r.status,
    duration_ms: r.durationMs,
    started_at: r.startedAt,
    ended_at: r.endedAt,
    transcription_id: r.transcriptionId,
    metadata: r.metadata,
    created_at: r.createdAt,
  };
}
