import type { z } from 'zod';
import type { TurnTrace } from '../../../domain/ask/trace.ts';
import type { Turn } from '../../../domain/ask/turn.ts';
import type { trace } from '../schemas/trace-schemas.ts';
import { presentRetrievalFilters } from './present-retrieval.ts';

export function presentTrace(turn: Turn, found: TurnTrace): z.infer<typeof trace> {
  return {
    turn_id: turn.id,
    queries: found.queries,
    filters: presentRetrievalFilters(found),
    candidates: found.candidates.map(({ chunkId, recordingId, scores, dropped }) => ({
      chunk_id: chunkId,
      recording_id: recordingId,
      scores: { fused: scores.fused, dense: scores.dense, sparse: scores.sparse },
      kept: dropped === null,
      reason: dropped,
    })),
    prompt: found.prompt.map(({ part, tokens, text }) => ({ part, tokens, text })),
    markers: found.markers && {
      issued: found.markers.issued,
      cited: found.markers.cited,
      dropped: found.markers.dropped,
    },
  };
}
