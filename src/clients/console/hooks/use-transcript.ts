import { useCallback, useEffect, useState } from 'preact/hooks';
import type { RecordingId } from '../../sdk/wire-types.ts';
import { useConsole } from '../state/console.ts';
import { type LoadedTranscript, readTranscript } from '../state/library/read-transcript.ts';

/** A transcript as far as it is read; null until its beginning is here, or the moment that is asked for, in milliseconds. */
export function useTranscript(id: RecordingId, at: number | null) {
  const { api } = useConsole();
  const [loaded, setLoaded] = useState<LoadedTranscript | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      for await (const next of readTranscript(api, id)) {
        if (!isCurrent) return;
        setFailure(null);
        // What is here stays until as much was read again.
        setLoaded((before) => (before === null || next.isWhole || hasMore(next, before) ? next : before));
      }
    };
    read().catch((error) => isCurrent && setFailure(error));
    return () => {
      isCurrent = false;
    };
  }, [api, id, tries]);
  const reload = useCallback(() => setTries((n) => n + 1), []);
  return { data: loaded !== null && reaches(loaded, at) ? loaded : null, failure, reload };
}

function hasMore(next: LoadedTranscript, before: LoadedTranscript): boolean {
  return next.segments.length >= before.segments.length;
}

function reaches({ segments, isWhole }: LoadedTranscript, at: number | null): boolean {
  return isWhole || at === null || at < (segments.at(-1)?.start ?? 0) * 1_000;
}
