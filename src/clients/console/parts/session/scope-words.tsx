import type { RecordingId, Session } from '../../../sdk/wire-types.ts';
import { useRecordingName } from '../../hooks/use-recording-name.ts';
import { links } from '../../state/lib/hash-router.ts';

/** The most recordings that are named at first. The others are shown on demand. */
const NAMED = 3;

interface Props {
  scope: Pick<Session['scope'], 'type' | 'recording_ids'>;
}

/** What a session is about, each recording by its name. */
export function ScopeWords({ scope: { type, recording_ids } }: Props) {
  if (type === 'library') return <p class="muted">About all recordings</p>;
  const rest = recording_ids.slice(NAMED);
  return (
    <div class="scope muted">
      <p>
        About <Names ids={recording_ids.slice(0, NAMED)} />
      </p>
      {rest.length > 0 && (
        <details class="more">
          <summary>and {rest.length} more</summary>
          <p>
            <Names ids={rest} />
          </p>
        </details>
      )}
    </div>
  );
}

function Names({ ids }: { ids: readonly RecordingId[] }) {
  return (
    <>
      {ids.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <NamedRecording id={id} />
        </span>
      ))}
    </>
  );
}

function NamedRecording({ id }: { id: RecordingId }) {
  return (
    <a href={links.recording(id)}>
      <bdi>{useRecordingName(id)}</bdi>
    </a>
  );
}
