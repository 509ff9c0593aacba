import { useEffect, useMemo } from 'preact/hooks';
import { ApiError } from '../../sdk/api-error.ts';
import type { SessionId } from '../../sdk/wire-types.ts';
import { TopBar } from '../parts/frame/top-bar.tsx';
import { WaitNotice } from '../parts/frame/wait-notice.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { SkeletonRows } from '../parts/page/skeleton-rows.tsx';
import { moveDraft } from '../state/ask/drafts.ts';
import { Retrievals } from '../state/ask/retrievals.ts';
import { Turns } from '../state/ask/turns.ts';
import { ConsoleContext } from '../state/console.ts';
import { links, routeOf, useRoute } from '../state/lib/hash-router.ts';
import { createPageClient } from '../state/lib/page-client.ts';
import { refuseStrayFiles } from '../state/lib/stray-files.ts';
import { Imports } from '../state/library/imports.ts';
import { RecordingList } from '../state/library/recording-list.ts';
import { RecordingNames } from '../state/library/recording-names.ts';
import { useEndUsers } from '../state/library/use-end-users.ts';
import { View } from './view.tsx';

/** The console of one key: the chosen end user, the navigation, and the view. */
export function Shell({ apiKey, onLeave }: { apiKey: string; onLeave: (isRefused?: boolean) => void }) {
  const api = useMemo(() => createPageClient(apiKey), [apiKey]);
  const retrievals = useMemo(() => new Retrievals(api), [api]);
  const turns = useMemo(() => new Turns(api, retrievals, showSession), [api, retrievals]);
  const imports = useMemo(() => new Imports(api), [api]);
  const names = useMemo(() => new RecordingNames(api), [api]);
  const recordings = useMemo(() => new RecordingList(api, names), [api, names]);
  const { people, endUser, choose, ownEndUser, failure, loading, reload } = useEndUsers(api);
  const route = useRoute();
  const value = useMemo(
    () => ({ api, turns, retrievals, imports, names, recordings, people, endUser, ownEndUser, reloadPeople: reload }),
    [api, turns, retrievals, imports, names, recordings, people, endUser, ownEndUser, reload],
  );

  useEffect(refuseStrayFiles, []);
  const revoked = failure instanceof ApiError && failure.status === 401;
  useEffect(() => {
    if (revoked) onLeave(true);
  }, [revoked, onLeave]);

  return (
    <ConsoleContext.Provider value={value}>
      <TopBar
        route={route}
        people={people}
        endUser={endUser}
        onEndUser={choose}
        apiKey={apiKey}
        onLeave={() => onLeave()}
      />
      <WaitNotice />
      {loading || failure !== null ? (
        <main class="page">
          {failure === null ? <SkeletonRows what="your library" /> : <Problem failure={failure} onRetry={reload} />}
        </main>
      ) : (
        <View route={route} />
      )}
    </ConsoleContext.Provider>
  );
}

/** Opens a new session in place of the view that asked its first question. A reader who has moved on stays where they are. */
function showSession(id: SessionId): void {
  if (routeOf(location.hash).view !== 'new') return;
  moveDraft(id);
  location.replace(links.session(id));
}
