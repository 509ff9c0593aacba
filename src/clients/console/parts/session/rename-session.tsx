import type { Session } from '../../../sdk/wire-types.ts';
import { useConsole } from '../../state/console.ts';
import { EditDialog } from '../dialog/edit-dialog.tsx';

interface Props {
  session: Session;
  onRenamed: () => void;
  onClose: () => void;
}

export function RenameSession({ session, onRenamed, onClose }: Props) {
  const { api } = useConsole();
  const save = async (form: FormData) => {
    await api.renameSession(session.id, String(form.get('title')));
    onRenamed();
  };
  return (
    <EditDialog title="Rename this session" onSave={save} onClose={onClose}>
      <label>
        Title
        <input name="title" required value={session.title} />
      </label>
    </EditDialog>
  );
}
