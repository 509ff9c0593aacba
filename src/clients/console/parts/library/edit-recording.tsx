import type { Recording } from '../../../sdk/wire-types.ts';
import { fieldTime, instantOf } from '../../lib/field-time.ts';
import { useConsole } from '../../state/console.ts';
import { EditDialog } from '../dialog/edit-dialog.tsx';

interface Props {
  recording: Recording;
  onChanged: (recording: Recording) => void;
  onClose: () => void;
}

/** Another name, another date. An empty field clears it. */
export function EditRecording({ recording, onChanged, onClose }: Props) {
  const { api } = useConsole();
  const { id, name, started_at, ended_at } = recording;
  const save = async (form: FormData) => {
    const start = instantOf(String(form.get('started_at')));
    const isMoved = start !== null && ended_at !== null && ended_at < start;
    const body = { name: String(form.get('name')).trim() || null, started_at: start };
    // A meeting that was given a later beginning ends later too.
    onChanged(await api.patchRecording(id, isMoved ? { ...body, ended_at: null } : body));
  };
  return (
    <EditDialog title="Name and date" onSave={save} onClose={onClose}>
      <label>
        Name
        <input name="name" value={name ?? ''} />
      </label>
      <label>
        When it was recorded
        <input name="started_at" type="datetime-local" value={fieldTime(started_at)} />
      </label>
      <p class="muted small">Questions such as “what was decided last week?” go by this date.</p>
    </EditDialog>
  );
}
