import type { AskResult } from '../../../sdk/wire-types.ts';
import { countOf } from '../../lib/format.ts';

type Retrieval = NonNullable<AskResult['retrieval']>;

/** What the model had in view when it answered. */
export function RetrievalNote({ retrieval }: { retrieval: Retrieval }) {
  const { filters } = retrieval;
  const understood = filters.understood.map(({ text }) => `“${text}”`);
  return (
    <p class="muted small">
      {viewOf(retrieval)} ({retrieval.tokens.toLocaleString()} tokens).
      {understood.length > 0 && ` Searched first: ${understood.join(', ')}.`}
      {filters.unknown_speakers.length > 0 && ` Nobody here is called ${filters.unknown_speakers.join(' or ')}.`}
    </p>
  );
}

function viewOf({ method, complete, recordings_in_scope, recordings_used, passages }: Retrieval): string {
  const used = countOf(recordings_used, 'recording');
  if (method === 'transcript') return 'In view: the whole transcript';
  if (method === 'whole' && complete) return `In view: everything in scope, ${used} whole`;
  if (method === 'whole') return `In view: ${used} whole; others have no transcript yet`;
  return `In view: ${countOf(passages, 'passage')} of ${recordings_used} of ${countOf(recordings_in_scope, 'recording')}`;
}
