import type { EndUser } from '../../../sdk/wire-types.ts';
import { links, type Route } from '../../state/lib/hash-router.ts';
import { maskKey } from '../../state/lib/known-keys.ts';

interface Props {
  route: Route;
  people: readonly EndUser[];
  endUser: EndUser | null;
  onEndUser: (id: string) => void;
  apiKey: string;
  onLeave: () => void;
}

export function TopBar({ route, people, endUser, onEndUser, apiKey, onLeave }: Props) {
  const here = SECTIONS[route.view];
  return (
    <header class="top-bar">
      <button type="button" class="skip" onClick={() => document.querySelector('h1')?.focus()}>
        Skip to content
      </button>
      <a class="brand" href={links.recordings()}>
        Ask
      </a>
      <nav aria-label="Main">
        <a href={links.recordings()} aria-current={here === 'recordings' ? 'page' : undefined}>
          Recordings
        </a>
        <a href={links.sessions()} aria-current={here === 'sessions' ? 'page' : undefined}>
          Sessions
        </a>
        <a href={links.new({ type: 'library' })} aria-current={here === 'new' ? 'page' : undefined}>
          New
        </a>
      </nav>
      <div class="row who">
        {people.length > 1 && (
          <select aria-label="Whose recordings" value={endUser?.id} onChange={(e) => onEndUser(e.currentTarget.value)}>
            {people.map(({ id, name, external_id }) => (
              <option key={id} value={id}>
                {name ?? external_id ?? id}
              </option>
            ))}
          </select>
        )}
        <button type="button" class="quiet" onClick={onLeave} aria-label="Change key" title={maskKey(apiKey)}>
          Key
        </button>
      </div>
    </header>
  );
}

const SECTIONS: Record<Route['view'], 'recordings' | 'sessions' | 'new' | null> = {
  recordings: 'recordings',
  recording: 'recordings',
  sessions: 'sessions',
  session: 'sessions',
  new: 'new',
  unknown: null,
};
