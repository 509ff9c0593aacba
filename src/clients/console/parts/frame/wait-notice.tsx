import { useEffect, useState } from 'preact/hooks';
import { useObservable } from '../../state/lib/observable.ts';
import { waits } from '../../state/lib/rate-waits.ts';

/** Tells that requests wait for the limit of the service, and for how long. They go on by themselves. */
export function WaitNotice() {
  useObservable(waits);
  const [now, setNow] = useState(Date.now());
  const isWaiting = waits.until > now;
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [waits.until]);
  if (!isWaiting) return null;
  return (
    <p class="wait-notice" role="status">
      Too many requests in this minute. This goes on by itself in {Math.ceil((waits.until - now) / 1_000)} s.
    </p>
  );
}
