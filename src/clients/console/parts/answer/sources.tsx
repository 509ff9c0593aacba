import type { SessionId, Source } from '../../../sdk/wire-types.ts';
import { useRecordingName } from '../../hooks/use-recording-name.ts';
import { clock, countOf } from '../../lib/format.ts';
import { links } from '../../state/lib/hash-router.ts';

/** What retrieval gave the model, best first. */
export function Sources({ sources, session }: { sources: readonly Source[]; session: SessionId }) {
  if (sources.length === 0) return null;
  return (
    <details class="more">
      <summary>{countOf(sources.length, 'source')}</summary>
      <ol class="plain sources">
        {sources.map((source) => (
          <SourceRow key={source.chunk_id} source={source} session={session} />
        ))}
      </ol>
    </details>
  );
}

function SourceRow({ source, session }: { source: Source; session: SessionId }) {
  const { recording_id, start_ms, chunk_text, score } = source;
  const name = useRecordingName(recording_id);
  return (
    <li class="source">
      <p class="row small">
        <a class="grow" href={links.session(session, { recording_id, start_ms })}>
          {name} {clock(start_ms)}
        </a>
        <span class="muted">score {score.toFixed(2)}</span>
      </p>
      <p class="source-text small">{chunk_text}</p>
    </li>
  );
}
