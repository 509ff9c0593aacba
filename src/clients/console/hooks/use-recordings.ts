import { useEffect, useLayoutEffect } from 'preact/hooks';
import { useConsole } from '../state/console.ts';
import type { ListQuery } from '../state/lib/list-query.ts';
import { useObservable } from '../state/lib/observable.ts';
import type { RecordingList } from '../state/library/recording-list.ts';

/** How long until a recording that is being indexed is read again. */
const LOOK_MS = 4_000;

/** The list of recordings, at the place where the reader left it. */
export function useRecordings(query: ListQuery): RecordingList {
  const { recordings, endUser } = useConsole();
  useObservable(recordings);
  const whose = endUser?.id ?? null;
  useLayoutEffect(() => recordings.show(query, whose), [recordings, JSON.stringify(query), whose]);
  useLayoutEffect(() => {
    if (recordings.items !== null) scrollTo(0, recordings.place);
    const keep = () => {
      recordings.place = scrollY;
    };
    addEventListener('scroll', keep, { passive: true });
    return () => removeEventListener('scroll', keep);
  }, [recordings]);
  const isIndexing = recordings.items?.some(({ status }) => status === 'processing' || status === 'uploaded') === true;
  useEffect(() => {
    if (!isIndexing) return;
    const timer = setInterval(() => recordings.refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isIndexing, recordings]);
  return recordings;
}
