import type { ApiClient } from '../../../sdk/api-client.ts';
import type { EndUser, EndUserId, Page } from '../../../sdk/wire-types.ts';
import { countOf } from '../../lib/format.ts';
import { useConsole } from '../../state/console.ts';
import { useLoad } from '../../state/lib/use-load.ts';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';

const MOST_COUNTED = 100;

/** Asks before an end user goes with everything of theirs; their name must be typed. */
export function DeleteEndUser({ endUser, onClose }: { endUser: EndUser; onClose: () => void }) {
  const { api, reloadPeople } = useConsole();
  const { id, name, external_id } = endUser;
  const { data } = useLoad(id, () => belongingsOf(api, id));
  const confirm = async () => {
    await api.deleteEndUser(id);
    reloadPeople();
  };
  const shown = name ?? external_id ?? id;
  return (
    <ConfirmDialog
      title="Delete this end user?"
      action="Delete for good"
      typed={shown}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <strong>{shown}</strong> goes for good, with {data ?? 'everything of theirs'}, and with the keys made for them.
      </p>
    </ConfirmDialog>
  );
}

async function belongingsOf(api: ApiClient, id: EndUserId): Promise<string> {
  const query = `end_user_id=${id}&limit=${MOST_COUNTED}`;
  const [recordings, sessions] = await Promise.all([api.recordings(query), api.sessions(query)]);
  return `${words(recordings, 'recording')} and ${words(sessions, 'session')}`;
}

function words({ data, has_more }: Page<unknown>, one: string): string {
  return has_more ? `more than ${MOST_COUNTED} ${one}s` : countOf(data.length, one);
}
