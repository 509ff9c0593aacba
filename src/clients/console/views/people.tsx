import { useState } from 'preact/hooks';
import type { EndUser } from '../../sdk/wire-types.ts';
import { day } from '../lib/format.ts';
import { EditDialog } from '../parts/dialog/edit-dialog.tsx';
import { Menu } from '../parts/dialog/menu.tsx';
import { DeleteEndUser } from '../parts/library/delete-end-user.tsx';
import { Empty } from '../parts/page/empty.tsx';
import { Page } from '../parts/page/page.tsx';
import { useConsole } from '../state/console.ts';

/** The end users of the project: who owns recordings and sessions. */
export function PeopleView() {
  const { people } = useConsole();
  const [isAdding, setAdding] = useState(false);
  const add = (
    <button type="button" class="primary" onClick={() => setAdding(true)}>
      Add an end user
    </button>
  );
  return (
    <Page title="End users" actions={add}>
      <p class="muted">Recordings and sessions belong to one end user each, and nobody sees those of another.</p>
      {people.length === 0 && <Empty title="Nobody yet">The first import creates an end user by itself.</Empty>}
      <ul class="plain list" aria-label="End users">
        {people.map((endUser) => (
          <EndUserRow key={endUser.id} endUser={endUser} />
        ))}
      </ul>
      {isAdding && <AddEndUser onClose={() => setAdding(false)} />}
    </Page>
  );
}

function EndUserRow({ endUser }: { endUser: EndUser }) {
  const [isDeleting, setDeleting] = useState(false);
  const { id, name, external_id, created_at } = endUser;
  const shown = name ?? external_id ?? id;
  return (
    <li class="row item">
      <div class="grow">
        <p class="item-name">{shown}</p>
        <p class="muted small">
          {external_id !== null && `${external_id} · `}since {day(created_at)}
        </p>
      </div>
      <Menu of={shown} items={[{ name: 'Delete', danger: true, onChoose: () => setDeleting(true) }]} />
      {isDeleting && <DeleteEndUser endUser={endUser} onClose={() => setDeleting(false)} />}
    </li>
  );
}

function AddEndUser({ onClose }: { onClose: () => void }) {
  const { api, reloadPeople } = useConsole();
  const save = async (form: FormData) => {
    await api.createEndUser({ name: String(form.get('name')) });
    reloadPeople();
  };
  return (
    <EditDialog title="Add an end user" onSave={save} onClose={onClose}>
      <label>
        Name
        <input name="name" required />
      </label>
    </EditDialog>
  );
}
