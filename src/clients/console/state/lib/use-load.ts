import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Loaded<T> {
  data: T | null;
  failure: unknown;
  loading: boolean;
  reload(): void;
}

/** Loads something when it is first shown, when `key` changes, and when told to; the old value stays until the new one has come. */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; failure: unknown; loading: boolean }>({
    key,
    data: null,
    failure: null,
    loading: true,
  });
  const [tries, setTries] = useState(0);
  // `key` says what is loaded; a change of `tries` loads it again.
  useEffect(() => {
    let current = true;
    setState((before) => ({ ...before, key, data: before.key === key ? before.data : null, loading: true }));
    load().then(
      (data) => current && setState({ key, data, failure: null, loading: false }),
      (failure) => current && setState((before) => ({ ...before, failure, loading: false })),
    );
    return () => {
      current = false;
    };
  }, [key, tries]);
  const reload = useCallback(() => setTries((n) => n + 1), []);
  return { ...(state.key === key ? state : { data: null, failure: null, loading: true }), reload };
}
