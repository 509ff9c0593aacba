import { useState } from 'preact/hooks';
import type { Session } from '../../sdk/wire-types.ts';
import { Empty } from '../parts/page/empty.tsx';
import { ListEnd } from '../parts/page/list-end.tsx';
import { Page } from '../parts/page/page.tsx';
import { SessionRow } from '../parts/session/session-row.tsx';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';
import { usePages } from '../state/lib/use-pages.ts';

/** Every session, newest activity first. */
export function SessionsView() {
  const { api, endUser } = useConsole();
  const [search, setSearch] = useState('');
  const pages = usePages<Session>(search, async (from) => {
    const query = new URLSearchParams({
      limit: '30',
      ...(endUser && { end_user_id: endUser.id }),
      ...(search && { q: search }),
      ...(from && { cursor: from }),
    });
    const { data, next_cursor } = await api.sessions(query.toString());
    return { items: data, next: next_cursor };
  });

  const ask = (
    <a class="button primary" href={links.new({ type: 'library' })}>
      New session
    </a>
  );
  return (
    <Page title="Sessions" actions={ask}>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(String(new FormData(event.currentTarget).get('q') ?? '').trim());
        }}
      >
        <input class="grow" type="search" name="q" aria-label="Search titles" placeholder="Search titles" />
        <button type="submit">Search</button>
      </form>
      {pages.items?.length === 0 && <NoSessions search={search} />}
      <ul class="plain list" aria-label="Sessions">
        {pages.items?.map((session) => (
          <SessionRow key={session.id} session={session} onChanged={pages.reload} />
        ))}
      </ul>
      <ListEnd pages={pages} what="sessions" />
    </Page>
  );
}

function NoSessions({ search }: { search: string }) {
  if (search !== '') return <Empty title="No title contains that">Search for another word.</Empty>;
  return (
    <Empty title="No sessions yet">
      <a href={links.new({ type: 'library' })}>Ask a first question</a> about everything, or choose a{' '}
      <a href={links.recordings()}>recording</a>.
    </Empty>
  );
}
