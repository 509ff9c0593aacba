import type { z } from 'zod';
import type { Filters, Retrieval, Understood } from '../../../domain/ask/retrieval.ts';
import type { retrieval } from '../schemas/ask-schemas.ts';

export function presentRetrieval(r: Retrieval): z.infer<typeof retrieval> {
  return {
    method: r.method,
    complete: r.complete,
    recordings_in_scope: r.recordingsInScope,
    recordings_used: r.recordingsUsed,
    passages: r.passages,
    tokens: r.tokens,
    filters: presentRetrievalFilters(r),
    queries: r.queries,
    ignored_refs: r.ignoredRefs,
  };
}

export function presentRetrievalFilters({
  filters: { timezone, ...given },
  understood,
  unknownSpeakers,
}: Pick<Retrieval, 'filters' | 'understood' | 'unknownSpeakers'>) {
  return {
    ...presentFilters(given),
    timezone,
    understood: understood.map(presentUnderstood),
    unknown_speakers: unknownSpeakers,
  };
}

export function presentFilters({ metadata, ...rest }: Filters) {
  return { ...presentNamed(rest), ...(metadata && { metadata }) };
}

function presentUnderstood({ text, ...rest }: Understood) {
  return { text, ...presentNamed(rest) };
}

function presentNamed({ recordedAfter, recordedBefore, recordingIds, speakers }: Omit<Filters, 'metadata'>) {
  return {
    ...(recordedAfter !== undefined && { recorded_after: recordedAfter }),
    ...(recordedBefore !== undefined && { recorded_before: recordedBefore }),
    ...(recordingIds && { recording_ids: recordingIds }),
    ...(speakers && { speakers }),
  };
}
