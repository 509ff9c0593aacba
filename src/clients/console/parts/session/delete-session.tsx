import type { Session } from '../../../sdk/wire-types.ts';
import { countOf } from '../../lib/format.ts';
import { useConsole } from '../../state/console.ts';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';

interface Props {
  session: Session;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteSession({ session, onDeleted, onClose }: Props) {
  const { api } = useConsole();
  const confirm = async () => {
    await api.deleteSession(session.id);
    onDeleted();
  };
  return (
    <ConfirmDialog title="Delete this session?" action="Delete session" onConfirm={confirm} onClose={onClose}>
      <p>
        <strong>{session.title}</strong> goes for good, with its {countOf(session.message_count, 'message')}. An answer
        that is still being written is stopped. The recordings stay.
      </p>
    </ConfirmDialog>
  );
}
