import type { EndUser } from '../../../sdk/wire-types.ts';
import { links, type Route } from '../../state/lib/hash-router.ts';
import { isKept, maskKey } from '../../state/lib/known-keys.ts';
import { Menu } from '../dialog/menu.tsx';

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
  const sections = [
    ['recordings', 'Recordings', links.recordings()],
    ['sessions', 'Sessions', links.sessions()],
    ['search', 'Search', links.search()],
    ['new', 'New', links.new({ type: 'library' })],
  ] as const;
  return (
    <header class="top-bar">
      <button type="button" class="skip" onClick={() => document.querySelector('h1')?.focus()}>
        Skip to content
      </button>
      <a class="brand" href={links.recordings()}>
        Ask
      </a>
      <nav aria-label="Main">
        {sections.map(([section, name, href]) => (
          <a key={section} href={href} aria-current={here === section ? 'page' : undefined}>
            {name}
          </a>
        ))}
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
        <Menu
          of={`the key ${maskKey(apiKey)}, remembered ${isKept(apiKey) ? 'on this device' : 'in this tab'}`}
          items={[
            { name: 'End users', onChoose: () => goTo(links.people()) },
            { name: 'API reference', onChoose: () => goTo('/docs') },
            { name: `Change key (${maskKey(apiKey)})`, onChoose: onLeave },
          ]}
        />
      </div>
    </header>
  );
}

function goTo(address: string): void {
  location.href = address;
}

const SECTIONS: Record<Route['view'], 'recordings' | 'sessions' | 'search' | 'new' | null> = {
  recordings: 'recordings',
  recording: 'recordings',
  sessions: 'sessions',
  session: 'sessions',
  search: 'search',
  people: null,
  new: 'new',
  unknown: null,
};
