import type { Tenant } from '../../../domain/access/tenant.ts';
import type { Session } from '../../../domain/ask/session.ts';
import type { SessionCursor, SessionFilter } from '../../../ports/ask/session-store.ts';
import type { Page } from '../../../ports/page.ts';
import type { Filter } from '../lib/collection.ts';
import { pageOf } from '../lib/pages.ts';
import { tenantFilter } from '../lib/tenant-filter.ts';
import type { SessionCollections } from './ask-collections.ts';
import { toSession } from './mapping.ts';

/** Newest activity first. A session that is added while a client pages comes before what it has seen. */
export function listSessions({ sessions }: SessionCollections) {
  return async (
    tenant: Tenant,
    filter: SessionFilter,
    { limit, after }: { limit: number; after: SessionCursor | null },
  ): Promise<Page<Session, SessionCursor>> => {
    // The tenant's own end user comes last: a filter can narrow it, never leave it.
    const where = {
      $and: [sessionFilter(filter), tenantFilter(tenant), ...(after === null ? [] : [afterCursor(after)])],
    };
    const found = await sessions.list(where, { sort: { updatedAt: -1, _id: -1 }, limit: limit + 1 });
    return pageOf(found.map(toSession), limit, (last) => ({ activityAt: last.updatedAt, id: last.id }));
  };
}

export function sessionFilter({ endUserId, scopeType, recordingId, titleContains }: SessionFilter): Filter {
  return {
    ...(endUserId !== undefined && { endUserId }),
    ...(scopeType !== undefined && { scopeType }),
    ...(recordingId !== undefined && { recordingIds: recordingId }),
    ...(titleContains !== undefined && { title: { $regex: literal(titleContains), $options: 'i' } }),
  };
}

function afterCursor({ activityAt, id: last }: SessionCursor): Filter {
  return { $or: [{ updatedAt: { $lt: activityAt } }, { updatedAt: activityAt, _id: { $lt: last } }] };
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
