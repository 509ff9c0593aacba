import type { Filters, Retrieval, Understood } from '../../ask/retrieval.ts';
import type { ContextReference } from '../context-reference.ts';

interface Read {
  filters: Filters;
  /** What was searched for, if anything was. */
  queries: readonly string[];
  /** What the question was understood to name, by names. */
  understood: Understood[];
}

/** What a client is told of what its answer rests on. */
export function describeRetrieval(context: ContextReference, { filters, queries, understood }: Read): Retrieval {
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
  const { method, complete, recordingsInScope, shown, unknownSpeakers, ignoredRefs } = context;
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
