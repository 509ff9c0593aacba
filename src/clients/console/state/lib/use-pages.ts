import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Pages<T> {
  items: readonly T[] | null;
  /** Loads the next page; null when there is none. */
  more: (() => void) | null;
  failure: unknown;
  loading: boolean;
  reload(): void;
}

/** A part of a list, and where the next part begins; null at the end. */
export interface Part<T> {
  items: T[];
  next: string | null;
}

/** A list that is loaded a page at a time, anew when `key` changes. `from` is null for the first page. */
export function usePages<T>(key: string, load: (from: string | null) => Promise<Part<T>>): Pages<T> {
  const [items, setItems] = useState<readonly T[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [loading, setLoading] = useState(true);
  const latest = useRef(load);
  latest.current = load;
  // Only the latest load may show its result.
  const current = useRef(0);

  const fetchPage = useCallback(async (from: string | null) => {
    const mine = ++current.current;
    setLoading(true);
    try {
      const page = await latest.current(from);
      if (mine !== current.current) return;
      setItems((before) => (from === null ? page.items : [...(before ?? []), ...page.items]));
      setNext(page.next);
      setFailure(null);
    } catch (error) {
      if (mine === current.current) setFailure(error);
    } finally {
      if (mine === current.current) setLoading(false);
    }
  }, []);

  // `key` says what is listed.
  useEffect(() => void fetchPage(null), [key, fetchPage]);
  const reload = useCallback(() => void fetchPage(null), [fetchPage]);
  return { items, more: next === null ? null : () => void fetchPage(next), failure, loading, reload };
}
