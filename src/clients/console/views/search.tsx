import { useEffect, useState } from 'preact/hooks';
import { HashedWordsNote } from '../parts/ask/hashed-words-note.tsx';
import { Empty } from '../parts/page/empty.tsx';
import { Page } from '../parts/page/page.tsx';
import { Problem } from '../parts/page/problem.tsx';
import { SkeletonRows } from '../parts/page/skeleton-rows.tsx';
import { FoundPassage } from '../parts/transcript/found-passage.tsx';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';
import { useLoad } from '../state/lib/use-load.ts';

const MOST = 20;

/** Finds what was said, in every recording. No model is asked. */
export function SearchView({ words }: { words: string }) {
  const { api, endUser } = useConsole();
  const [text, setText] = useState(words);
  // The way back, and the link to an empty search, change the words too.
  useEffect(() => setText(words), [words]);
  const whose = endUser === null ? {} : { end_user_id: endUser.id };
  const { data, failure, loading, reload } = useLoad(`search ${words}`, async () =>
    words === '' ? null : (await api.search({ query: words, limit: MOST, ...whose })).results,
  );
  return (
    <Page title="Search what was said">
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          location.hash = links.search(text.trim());
        }}
      >
        <input
          class="grow"
          type="search"
          aria-label="Words or a question"
          placeholder="Words or a question"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit" class="primary">
          Search
        </button>
      </form>
      <HashedWordsNote />
      {words === '' && (
        <Empty title="Find a passage">Search by words or by meaning; nothing is asked of a model.</Empty>
      )}
      {failure !== null && <Problem failure={failure} onRetry={reload} />}
      {loading && words !== '' && data === null && <SkeletonRows what="passages" />}
      {data?.length === 0 && <Empty title="Nothing was found">Try other words.</Empty>}
      <ol class="plain stack" aria-label="Passages">
        {data?.map((source) => (
          <FoundPassage key={source.chunk_id} source={source} words={words} />
        ))}
      </ol>
    </Page>
  );
}
