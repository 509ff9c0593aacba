import { useEffect, useRef, useState } from 'preact/hooks';
import { links } from '../../state/lib/hash-router.ts';
import type { ListQuery } from '../../state/lib/list-query.ts';

/** How long after the last typed letter the list is requested. */
const PAUSE_MS = 250;

/** Which recordings are listed. The choice stands in the address. */
export function ListFilters({ query }: { query: ListQuery }) {
  const [words, setWords] = useState(query.q ?? '');
  const [isOpen] = useState(Object.keys(query).some((field) => field !== 'q'));
  const change = (part: ListQuery) => location.replace(links.recordings({ ...query, ...part }));
  const asked = useRef(query.q ?? '');
  useEffect(() => {
    const now = query.q ?? '';
    // Something other than this field changed the address, such as "Show all".
    if (now !== asked.current) setWords(now);
    asked.current = now;
  }, [query.q]);
  useEffect(() => {
    if (words.trim() === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = words.trim();
      change({ q: asked.current });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <search class="filters">
      <input
        type="search"
        aria-label="Search names"
        placeholder="Search names"
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <select
        aria-label="Order"
        value={query.order ?? ''}
        onChange={({ currentTarget }) => change({ order: currentTarget.value })}
      >
        <option value="">Newest import first</option>
        <option value="recorded_at">Newest meeting first</option>
      </select>
      <details class="more" open={isOpen}>
        <summary>Filter</summary>
        <div class="row filter-fields">
          <label>
            Status
            <select
              value={query.status ?? ''}
              onChange={({ currentTarget }) => change({ status: currentTarget.value })}
            >
              <option value="">Any</option>
              <option value="completed">Ready</option>
              <option value="processing">Being indexed</option>
              <option value="failed">Failed</option>
              <option value="pending">No transcript yet</option>
            </select>
          </label>
          <label>
            Recorded from
            <input
              type="date"
              value={query.from ?? ''}
              onChange={({ currentTarget }) => change({ from: currentTarget.value })}
            />
          </label>
          <label>
            until
            <input
              type="date"
              value={query.until ?? ''}
              onChange={({ currentTarget }) => change({ until: currentTarget.value })}
            />
          </label>
          <a href={links.recordings()}>Show all</a>
        </div>
      </details>
    </search>
  );
}
