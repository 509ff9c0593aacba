import type { TurnTrace } from '../../sdk/wire-types.ts';
import { table } from '../lib/output.ts';

/** A trace as people read it: what was searched, what was considered, and what the prompt was made of. */
export function traceText({ turn_id, queries, candidates, prompt, markers }: TurnTrace): string {
  const number = (score: number | null) => (score === null ? '-' : score.toFixed(3));
  const considered = candidates.map(({ chunk_id, recording_id, scores, reason }) => [
    chunk_id,
    recording_id,
    number(scores.fused),
    number(scores.dense),
    number(scores.sparse),
    reason ?? 'kept',
  ]);
  const parts = prompt.map(({ part, tokens }) => [part, String(tokens)]);
  return [
    `turn ${turn_id}`,
    ...(queries.length === 0 ? ['nothing was searched'] : queries.map((query) => `searched: ${query}`)),
    ...(considered.length === 0
      ? []
      : ['', table([['chunk', 'recording', 'fused', 'dense', 'sparse', 'in the prompt'], ...considered])]),
    ...(parts.length === 0 ? [] : ['', table([['part', 'tokens'], ...parts])]),
    ...(markers === null
      ? []
      : ['', `markers: ${markers.issued} issued, ${markers.cited} cited, ${markers.dropped} dropped`]),
  ].join('\n');
}
