import { useState } from 'preact/hooks';
import type { Recording } from '../../../sdk/wire-types.ts';
import { links } from '../../state/lib/hash-router.ts';
import { nameOf } from '../../state/library/recording-names.ts';
import { Menu } from '../dialog/menu.tsx';
import { DeleteRecordings } from './delete-recordings.tsx';
import { EditRecording } from './edit-recording.tsx';

interface Props {
  recording: Recording;
  onChanged: (recording: Recording) => void;
  onDeleted: () => void;
}

/** Ask about, change and delete a recording. */
export function RecordingMenu({ recording, onChanged, onDeleted }: Props) {
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const close = () => setDialog(null);
  const ask = () => {
    location.hash = links.new({ type: 'recording', recording_id: recording.id });
  };
  return (
    <>
      <Menu
        of={nameOf(recording)}
        items={[
          ...(recording.status === 'completed' ? [{ name: 'Ask about it', onChoose: ask }] : []),
          { name: 'Name and date', onChoose: () => setDialog('edit') },
          { name: 'Delete', danger: true, onChoose: () => setDialog('delete') },
        ]}
      />
      {dialog === 'edit' && <EditRecording recording={recording} onChanged={onChanged} onClose={close} />}
      {dialog === 'delete' && <DeleteRecordings recordings={[recording]} onDeleted={onDeleted} onClose={close} />}
    </>
  );
}
