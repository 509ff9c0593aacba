import { useRecordings } from '../hooks/use-recordings.ts';
import { ChosenBar } from '../parts/library/chosen-bar.tsx';
import { ImportArea } from '../parts/library/import-area.tsx';
import { ListFilters } from '../parts/library/list-filters.tsx';
import { RecordingRows } from '../parts/library/recording-rows.tsx';
import { Empty } from '../parts/page/empty.tsx';
import { Page } from '../parts/page/page.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { SkeletonRows } from '../parts/page/skeleton-rows.tsx';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';
import type { ListQuery } from '../state/lib/list-query.ts';
import { sampleFile } from '../state/library/sample-file.ts';

/** What there is to ask about: every recording, the way to add more, and to choose some of them. */
export function RecordingsView({ query }: { query: ListQuery }) {
  const { imports, ownEndUser } = useConsole();
  const list = useRecordings(query);
  const { items } = list;
  const isFiltered = Object.keys(query).some((field) => field !== 'order');
  const ask = (
    <a class="button primary" href={links.new({ type: 'library' })}>
      Ask about all
    </a>
  );
  return (
    <Page title="Recordings" actions={items !== null && items.length > 0 && ask} keepsPlace>
      <ImportArea onImported={() => list.refresh()} />
      {(isFiltered || items?.length !== 0) && <ListFilters query={query} />}
      {items?.length === 0 && isFiltered && (
        <Empty title="No recording is like that">Change or clear the filter.</Empty>
      )}
      {items?.length === 0 && !isFiltered && (
        <Empty title="No recordings yet">
          <p>Import a transcript above, and ask about it some seconds later. Nothing at hand?</p>
          <button type="button" onClick={() => imports.add([sampleFile()], ownEndUser)}>
            Add a sample meeting
          </button>
        </Empty>
      )}
      <RecordingRows list={list} />
      {list.loading && items === null && <SkeletonRows what="recordings" />}
      {list.failure !== null && <Problem failure={list.failure} onRetry={() => list.retry()} />}
      <ChosenBar list={list} />
    </Page>
  );
}
