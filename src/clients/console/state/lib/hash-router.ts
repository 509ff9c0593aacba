import { useLayoutEffect, useState } from 'preact/hooks';
import type { Moment, RecordingId, Scope, SessionId } from '../../../sdk/wire-types.ts';
import { type ListQuery, listQueryOf, listSearch } from './list-query.ts';

/** The place in the console. It stands behind the # of the address, so that it can be shared and gone back to. */
export type Route =
  | { view: 'recordings'; query: ListQuery }
  | { view: 'recording'; id: RecordingId; at: number | null }
  | { view: 'sessions' }
  | { view: 'search'; words: string }
  | { view: 'people' }
  | { view: 'new'; scope: Scope }
  | { view: 'session'; id: SessionId; at: Moment | null }
  | { view: 'unknown' };

export const links = {
  recordings: (query: ListQuery = {}) => `#/${listSearch(query)}`,
  recording: (id: RecordingId, at?: number) => `#/recordings/${id}${at === undefined ? '' : `?at=${at}`}`,
  sessions: () => '#/sessions',
  search: (words = '') => `#/search${words === '' ? '' : `?${new URLSearchParams({ q: words })}`}`,
  people: () => '#/people',
  new: (scope: Scope) => `#/new${scopeQuery(scope)}`,
  session: (id: SessionId, at?: Moment) => `#/sessions/${id}${momentQuery(at)}`,
};

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useLayoutEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return routeOf(hash);
}

export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const query = new URLSearchParams(search);
  const [view, id = ''] = path.split('/');
  if (path === '' || path === 'recordings') return { view: 'recordings', query: listQueryOf(query) };
  if (view === 'recordings' && isId('rec', id)) return { view: 'recording', id, at: timeOf(query.get('at')) };
  if (path === 'search') return { view: 'search', words: query.get('q') ?? '' };
  if (path === 'people') return { view: 'people' };
  if (path === 'sessions') return { view: 'sessions' };
  if (path === 'new') return { view: 'new', scope: scopeOf(query) };
  if (view === 'sessions' && isId('as', id)) return { view: 'session', id, at: momentOf(query.get('at')) };
  return { view: 'unknown' };
}

function scopeQuery(scope: Scope): string {
  if (scope.type === 'library') return '';
  return scope.type === 'recording' ? `?recording=${scope.recording_id}` : `?selected=${scope.recording_ids.join('.')}`;
}

function scopeOf(query: URLSearchParams): Scope {
  const recording = query.get('recording') ?? '';
  if (isId('rec', recording)) return { type: 'recording', recording_id: recording };
  const selected = (query.get('selected') ?? '').split('.').filter((id) => isId('rec', id));
  return selected.length > 0 ? { type: 'selected', recording_ids: selected } : { type: 'library' };
}

function momentQuery(at: Moment | undefined): string {
  return at === undefined ? '' : `?at=${at.recording_id}.${at.start_ms}`;
}

function momentOf(text: string | null): Moment | null {
  const [id = '', time = ''] = (text ?? '').split('.');
  const start_ms = timeOf(time);
  return isId('rec', id) && start_ms !== null ? { recording_id: id, start_ms } : null;
}

function timeOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function isId<P extends string>(prefix: P, text: string): text is `${P}_${string}` {
  return text.startsWith(`${prefix}_`) && /^\w+$/.test(text);
}
