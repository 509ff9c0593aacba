import type { ApiClient } from '../../../sdk/api-client.ts';
import { ApiError } from '../../../sdk/api-error.ts';
import type { Recording } from '../../../sdk/wire-types.ts';
import { countOf } from '../../lib/format.ts';
import { useConsole } from '../../state/console.ts';
import { useLoad } from '../../state/lib/use-load.ts';
import { nameOf } from '../../state/library/recording-names.ts';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';

interface Props {
  recordings: readonly Recording[];
  onDeleted: () => void;
  onClose: () => void;
}

const NAMED = 5;
const MOST_COUNTED = 100;
const NO_SESSIONS = countOf(0, 'session');

/** Asks before recordings go, and tells what goes with them. */
export function DeleteRecordings({ recordings, onDeleted, onClose }: Props) {
  const { api } = useConsole();
  const ids = recordings.map(({ id }) => id);
  const { data } = useLoad(ids.join(), () => sessionsAbout(api, ids));
  const confirm = async () => {
    for (const id of ids) await api.deleteRecording(id).catch(unlessGone);
    onDeleted();
  };
  const [what, them] = recordings.length === 1 ? ['this recording', 'it'] : [`${recordings.length} recordings`, 'them'];
  const rest = recordings.length - NAMED;
  return (
    <ConfirmDialog title={`Delete ${what}?`} action="Delete for good" onConfirm={confirm} onClose={onClose}>
      <ul>
        {recordings.slice(0, NAMED).map((recording) => (
          <li key={recording.id}>
            <strong>{nameOf(recording)}</strong>
          </li>
        ))}
        {rest > 0 && <li>and {rest} more</li>}
      </ul>
      <p>
        What goes with {them} for good: the transcript, everything that can be found in it,{' '}
        {data !== NO_SESSIONS && (
          <>
            <strong>{data ?? 'the sessions'}</strong> about {them} alone,{' '}
          </>
        )}
        and the words quoted from {them} in other sessions.
      </p>
    </ConfirmDialog>
  );
}

/** An earlier try, which broke off, may have deleted it. */
function unlessGone(failure: unknown): void {
  if (!(failure instanceof ApiError && failure.status === 404)) throw failure;
}

/** How many sessions go with these recordings, in words. More than a few recordings would cost too many requests. */
async function sessionsAbout(api: ApiClient, ids: readonly string[]): Promise<string> {
  if (ids.length > NAMED) return 'all sessions';
  const pages = await Promise.all(
    ids.map((id) => api.sessions(`scope_type=recording&recording_id=${id}&limit=${MOST_COUNTED}`)),
  );
  const count = pages.reduce((sum, { data }) => sum + data.length, 0);
  return pages.some(({ has_more }) => has_more) ? `more than ${MOST_COUNTED} sessions` : countOf(count, 'session');
}
