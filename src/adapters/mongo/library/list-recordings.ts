import type { Tenant } from '../../../domain/access/tenant.ts';
import type { Recording } from '../../../domain/library/recording.ts';
import type {
  RecordingCursor,
  RecordingFilter,
  RecordingOrder,
  RecordingPageOptions,
} from '../../../ports/library/library-store.ts';
import type { Page } from '../../../ports/page.ts';
import type { Filter } from '../lib/collection.ts';
import { containsText } from '../lib/contains-text.ts';
import { pageOf } from '../lib/pages.ts';
import { tenantFilter } from '../lib/tenant-filter.ts';
import type { LibraryCollections } from './library-collections.ts';
import { toRecording } from './recording-documents.ts';

const SORT = {
  created_at: { createdAt: -1, _id: -1 },
  recorded_at: { startedAt: -1, createdAt: -1, _id: -1 },
} as const satisfies Record<RecordingOrder, Record<string, -1>>;

/** Newest first; by `recorded_at` those without a date last. A recording that is added while a client pages moves none of the others. */
export function listRecordings({ recordings }: LibraryCollections) {
  return async (
    tenant: Tenant,
    filter: RecordingFilter,
    { limit, order = 'created_at', offset = 0, after = null }: RecordingPageOptions,
  ): Promise<Page<Recording, RecordingCursor>> => {
    const where = {
      $and: [filterOf(filter), tenantFilter(tenant), ...(after === null ? [] : [afterCursor(order, after)])],
    };
    const found = await recordings.list(where, { sort: SORT[order], skip: offset, limit: limit + 1 });
    return pageOf(found.map(toRecording), limit, ({ id, createdAt, startedAt }) => ({ id, createdAt, startedAt }));
  };
}

function filterOf(filter: RecordingFilter): Filter {
  const { endUserId, externalId, nameContains, status, recordedAfter, recordedBefore } = filter;
  const recorded = {
    ...(recordedAfter !== undefined && { $gte: recordedAfter }),
    ...(recordedBefore !== undefined && { $lt: recordedBefore }),
  };
  return {
    ...(endUserId !== undefined && { endUserId }),
    ...(externalId !== undefined && { externalId }),
    ...(nameContains !== undefined && { name: containsText(nameContains) }),
    ...(status !== undefined && { status }),
    ...(Object.keys(recorded).length > 0 && { startedAt: recorded }),
  };
}

function afterCursor(order: RecordingOrder, { id, createdAt, startedAt }: RecordingCursor): Filter {
  const created = [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }];
  if (order === 'created_at') return { $or: created };
  const sameDate = created.map((condition) => ({ startedAt, ...condition }));
  // No comparison holds for null, so those without a date are named.
  return { $or: startedAt === null ? sameDate : [...sameDate, { startedAt: { $lt: startedAt } }, { startedAt: null }] };
}
