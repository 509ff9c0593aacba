import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Problem } from '../page/problem.tsx';
import { closeDialog, Dialog } from './dialog.tsx';

interface Props {
  title: string;
  onSave: (form: FormData) => Promise<unknown>;
  onClose: () => void;
  /** The fields. */
  children: ComponentChildren;
}

/** Changes something. It stays open, with what was typed, when the service does not take it. */
export function EditDialog({ title, onSave, onClose, children }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function save(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    await onSave(new FormData(event.currentTarget)).then(onClose, setFailure);
    setBusy(false);
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        {children}
        {failure !== null && <Problem failure={failure} />}
        <div class="row dialog-actions">
          <button type="button" onClick={({ currentTarget }) => closeDialog(currentTarget)}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={busy}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
