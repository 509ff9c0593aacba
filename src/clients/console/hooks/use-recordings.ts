import type { EndUserId, Recording } from '../../sdk/wire-types.ts';
import { useConsole } from '../state/console.ts';
import { type Pages, usePages } from '../state/lib/use-pages.ts';

const PAGE = 50;

/** An end user's recordings, newest first; those of everyone whom the key may see, when null. */
export function useRecordings(endUserId: EndUserId | null): Pages<Recording> {
  const { api } = useConsole();
  return usePages(endUserId ?? '', async (from) => {
    const offset = Number(from ?? 0);
    const whose = endUserId === null ? '' : `&end_user_id=${endUserId}`;
    const { data, has_more } = await api.recordings(`limit=${PAGE}&offset=${offset}${whose}`);
    return { items: data, next: has_more ? String(offset + data.length) : null };
  });
}
