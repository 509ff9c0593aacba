import type { Pages } from '../../state/lib/use-pages.ts';
import { Problem } from './problem.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';

/** Shown below a list: that it is loading, why it failed, or the way to more of it. */
export function ListEnd<T>({ pages, what }: { pages: Pages<T>; what: string }) {
  if (pages.failure !== null) return <Problem failure={pages.failure} onRetry={pages.reload} />;
  if (pages.loading && pages.items === null) return <SkeletonRows what={what} />;
  if (pages.more === null) return null;
  return (
    <button type="button" disabled={pages.loading} onClick={pages.more}>
      More {what}
    </button>
  );
}
