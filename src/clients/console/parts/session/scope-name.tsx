import type { RecordingId, Session } from '../../../sdk/wire-types.ts';
import { useRecordingName } from '../../hooks/use-recording-name.ts';

/** What a session is about, in a few words: the first recordings by their names. */
export function ScopeName({ scope: { type, recording_title, recording_ids } }: { scope: Session['scope'] }) {
  if (type === 'library') return <>All recordings</>;
  if (type === 'recording') return <bdi>{recording_title ?? 'One recording'}</bdi>;
  const [first, second, ...rest] = recording_ids;
  return (
    <>
      {first && <Name id={first} />}
      {second && (
        <>
          , <Name id={second} />
        </>
      )}
      {rest.length > 0 && ` and ${rest.length} more`}
    </>
  );
}

function Name({ id }: { id: RecordingId }) {
  return <bdi>{useRecordingName(id)}</bdi>;
}
