import { useState } from 'preact/hooks';
import type { Session } from '../../../sdk/wire-types.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useConsole } from '../../state/console.ts';
import { links } from '../../state/lib/hash-router.ts';
import { Menu } from '../dialog/menu.tsx';
import { Problem } from '../page/problem.tsx';
import { DeleteSession } from './delete-session.tsx';
import { RenameSession } from './rename-session.tsx';

interface Props {
  session: Session;
  onChanged: () => void;
  /** Where a list shows the session: it stays there once it is deleted. */
  onDeleted?: () => void;
}

/** Rename, export and delete a session. */
export function SessionMenu({ session, onChanged, onDeleted = leave }: Props) {
  const { api } = useConsole();
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const { id, title } = session;
  const close = () => setDialog(null);

  const exportMarkdown = () =>
    api.exportMarkdown(id).then((text) => saveFile(`${title}.md`, 'text/markdown', text), setFailure);
  const exportJson = () =>
    api
      .exportSession(id)
      .then((whole) => saveFile(`${title}.json`, 'application/json', JSON.stringify(whole, null, 2)), setFailure);

  return (
    <>
      <Menu
        of={title}
        items={[
          { name: 'Rename', onChoose: () => setDialog('rename') },
          { name: 'Export as Markdown', onChoose: () => void exportMarkdown() },
          { name: 'Export as JSON', onChoose: () => void exportJson() },
          { name: 'Delete', danger: true, onChoose: () => setDialog('delete') },
        ]}
      />
      {failure !== null && <Problem failure={failure} />}
      {dialog === 'rename' && <RenameSession session={session} onRenamed={onChanged} onClose={close} />}
      {dialog === 'delete' && <DeleteSession session={session} onDeleted={onDeleted} onClose={close} />}
    </>
  );
}

function leave(): void {
  location.hash = links.sessions();
}
