import type { z } from 'zod';
import type { Citation } from '../../../domain/ask/message.ts';
import type { citation } from '../schemas/ask-schemas.ts';

export function presentCitation(c: Citation): z.infer<z.ZodObject<typeof citation>> {
  return {
    recording_id: c.recordingId,
    start_ms: c.startMs,
    end_ms: c.endMs,
    speaker: c.speaker,
    quote: c.quote,
    source_index: c.sourceIndex,
  };
}
