import { Empty } from '../parts/page/empty.tsx';
import { Page } from '../parts/page/page.tsx';
import { useConsole } from '../state/console.ts';
import { links, type Route } from '../state/lib/hash-router.ts';
import { NewSessionView } from './new-session.tsx';
import { PeopleView } from './people.tsx';
import { RecordingView } from './recording.tsx';
import { RecordingsView } from './recordings.tsx';
import { SearchView } from './search.tsx';
import { SessionView } from './session.tsx';
import { SessionsView } from './sessions.tsx';

/** The view of a route. Another end user gets a new view. */
export function View({ route }: { route: Route }) {
  const { endUser } = useConsole();
  const whose = endUser?.id ?? 'nobody';
  switch (route.view) {
    case 'recordings':
      return <RecordingsView key={whose} query={route.query} />;
    case 'recording':
      return <RecordingView key={route.id} id={route.id} at={route.at} />;
    case 'sessions':
      return <SessionsView key={whose} />;
    case 'search':
      return <SearchView key={whose} words={route.words} />;
    case 'people':
      return <PeopleView />;
    case 'new':
      return <NewSessionView key={links.new(route.scope)} scope={route.scope} />;
    case 'session':
      return <SessionView key={route.id} id={route.id} at={route.at} />;
    case 'unknown':
      return (
        <Page title="Not found">
          <Empty title="There is nothing at this address">
            <a href={links.recordings()}>Go to your recordings</a>.
          </Empty>
        </Page>
      );
  }
}
