import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Problem } from '../page/problem.tsx';
import { closeDialog, Dialog } from './dialog.tsx';

interface Props {
  title: string;
  /** What the button does, such as `Delete`. */
  action: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  /** The text to type before the button works, for large deletions. */
  typed?: string;
  /** What will be gone. */
  children: ComponentChildren;
}

/** Asks before something is gone for good. The focus is on Cancel at first. */
export function ConfirmDialog({ title, action, onConfirm, onClose, typed, children }: Props) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function confirm({ detail }: MouseEvent) {
    // Ignores the second click of the double click that opened this dialog.
    if (detail > 1) return;
    setBusy(true);
    setFailure(null);
    await onConfirm().then(onClose, setFailure);
    setBusy(false);
  }

  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {typed !== undefined && (
        <label>
          Type “{typed}” to go on
          <input value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </label>
      )}
      {failure !== null && <Problem failure={failure} />}
      <div class="row dialog-actions">
        <button type="button" onClick={({ currentTarget }) => closeDialog(currentTarget)}>
          Cancel
        </button>
        <button
          type="button"
          class="danger"
          disabled={busy || (typed !== undefined && text.trim() !== typed.trim())}
          onClick={confirm}
        >
          {busy ? 'Deleting…' : action}
        </button>
      </div>
    </Dialog>
  );
}
