import { useCallback, useRef, useState } from 'preact/hooks';
import type { ApiClient } from '../../../sdk/api-client.ts';
import { ApiError } from '../../../sdk/api-error.ts';
import type { EndUser, Page } from '../../../sdk/wire-types.ts';
import { recall, remember } from '../lib/stored.ts';
import { useLoad } from '../lib/use-load.ts';

const CHOSEN = 'ask.end-user';

/** The end users whose recordings this key may see, and the chosen one of them. */
export function useEndUsers(api: ApiClient) {
  const { data, failure, loading, reload } = useLoad('people', () => peopleOf(api));
  const [chosen, setChosen] = useState(recall<string | null>(CHOSEN, null));
  const people = data ?? [];
  // Who was there first stays the first one that is shown, whoever is added.
  const endUser = people.find(({ id }) => id === chosen) ?? people.at(-1) ?? null;

  const choose = useCallback((id: string) => {
    remember(CHOSEN, id);
    setChosen(id);
  }, []);
  const created = useRef<Promise<EndUser> | null>(null);
  const ownEndUser = useCallback(async () => {
    if (endUser !== null || data === null) return endUser;
    // When several files are dropped at once, the first one creates an end user for all.
    created.current ??= api.createEndUser({ name: 'My library' }).finally(reload);
    return created.current;
  }, [api, data, endUser, reload]);

  return { people, endUser, choose, ownEndUser, failure, loading: loading && data === null, reload };
}

/** All of them, newest first. */
async function peopleOf(api: ApiClient): Promise<EndUser[] | null> {
  const people: EndUser[] = [];
  try {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<EndUser> = await api.endUsers(`limit=100${query}`);
      people.push(...page.data);
      cursor = people.length < MOST_PEOPLE ? page.next_cursor : null;
    }
    return people;
  } catch (error) {
    // A restricted key may read recordings and no names of end users.
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  }
}

const MOST_PEOPLE = 1_000;
