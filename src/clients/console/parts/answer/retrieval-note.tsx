import { useEffect, useRef, useState } from 'preact/hooks';
import type { TurnPlace } from '../../../sdk/wire-types.ts';
import { useSeen } from '../../hooks/use-seen.ts';
import { countOf } from '../../lib/format.ts';
import { keepEndInView } from '../../state/ask/keep-end-in-view.ts';
import type { Retrieval } from '../../state/ask/retrievals.ts';
import { useConsole } from '../../state/console.ts';

/** What the model had in view when it answered. It is read when the reader sees its place, because lists of messages lack it. */
export function RetrievalNote({ place }: { place: TurnPlace }) {
  const { retrievals } = useConsole();
  const element = useRef<HTMLParagraphElement>(null);
  const isSeen = useSeen(element);
  const [retrieval, setRetrieval] = useState<Retrieval | null | 'unknown'>('unknown');
  useEffect(() => {
    if (isSeen) void retrievals.of(place).then(setRetrieval);
  }, [isSeen, retrievals, place.turn_id]);
  useEffect(() => {
    if (retrieval !== 'unknown') keepEndInView();
  }, [retrieval]);
  if (retrieval === null) return null;
  return (
    <p ref={element} class="muted small">
      {/* A line without words keeps its height. */}
      {retrieval === 'unknown' ? '\u00a0' : wordsOf(retrieval)}
    </p>
  );
}

function wordsOf(retrieval: Retrieval): string {
  const { understood, unknown_speakers } = retrieval.filters;
  return [
    `${viewOf(retrieval)} (${retrieval.tokens.toLocaleString()} tokens).`,
    ...(understood.length > 0 ? [`Searched first: ${understood.map(({ text }) => `“${text}”`).join(', ')}.`] : []),
    ...(unknown_speakers.length > 0 ? [`Nobody here is called ${unknown_speakers.join(' or ')}.`] : []),
  ].join(' ');
}

function viewOf({ method, complete, recordings_in_scope, recordings_used, passages }: Retrieval): string {
  const used = countOf(recordings_used, 'recording');
  if (method === 'transcript') return 'In view: the whole transcript';
  if (method === 'whole' && complete) return `In view: everything in scope, ${used} whole`;
  if (method === 'whole') return `In view: ${used} whole; others have no transcript yet`;
  return `In view: ${countOf(passages, 'passage')} of ${recordings_used} of ${countOf(recordings_in_scope, 'recording')}`;
}
