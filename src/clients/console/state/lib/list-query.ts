import type { EndUserId } from '../../../sdk/wire-types.ts';

/** Which recordings are listed, as it stands in the address: words of the name, a status, days (`2026-05-04`), an order. */
export type ListQuery = Partial<Record<(typeof FIELDS)[number], string>>;

const FIELDS = ['q', 'status', 'from', 'until', 'order'] as const;

export function listQueryOf(search: URLSearchParams): ListQuery {
  const given = FIELDS.flatMap((field) => {
    const value = search.get(field);
    return value ? [[field, value]] : [];
  });
  return Object.fromEntries(given);
}

/** The same in an address; empty for all recordings. */
export function listSearch(query: ListQuery): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return search === '' ? '' : `?${search}`;
}

/** The same as a query of the API. Days are those of the reader; both count. */
export function apiQuery({ q, status, from, until, order }: ListQuery, endUser: EndUserId | null): URLSearchParams {
  return new URLSearchParams({
    limit: '100',
    ...(endUser && { end_user_id: endUser }),
    ...(q && { q }),
    ...(status && { status }),
    ...(from && { recorded_after: midnight(from, 0) }),
    ...(until && { recorded_before: midnight(until, 1) }),
    ...(order && { order }),
  });
}

function midnight(day: string, later: number): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}
