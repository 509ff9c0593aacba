import type { Filters, Retrieval } from '../../ask/retrieval.ts';
import type { ContextReference } from '../context-reference.ts';

/** What a client is told of what its answer rests on. @param queries what was searched for, if anything was */
export function describeRetrieval(context: ContextReference, filters: Filters, queries: readonly string[]): Retrieval {
  const { tokens, passages, timezone } = context;
  const common = { tokens, passages, filters: { ...filters, timezone } };
  if (context.kind === 'transcript') {
    return {
      ...common,
      method: 'transcript',
      complete: true,
      recordingsInScope: 1,
      recordingsUsed: 1,
      understood: [],
      unknownSpeakers: [],
      queries: [],
      ignoredRefs: [],
    };
  }
  const { method, complete, recordingsInScope, shown, understood, unknownSpeakers, ignoredRefs } = context;
  return {
    ...common,
    method,
    complete,
    recordingsInScope,
    recordingsUsed: shown.length,
    understood,
    unknownSpeakers,
    queries: method === 'whole' ? [] : [...new Set(queries)],
    ignoredRefs,
  };
}
