import type { Connection } from 'mongoose';
import type { Tenant } from '../../../../../src/domain/access/tenant.ts';
import type { Recording } from '../../../../../src/domain/library/recording.ts';
import type { RecordingCursor, RecordingFilter } from '../../../../../src/ports/library/library-store.ts';
import type { Page } from '../../../../../src/ports/page.ts';
import { anOwner, aRecording, drop, freshDatabase, storesOf, strangersTo } from '../fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

describe('recordings', () => {
  const owner = anOwner();
  /** Name, day of the meeting. Made in this order; two of them at one moment. */
  const MADE = [
    ['Budget (draft)', 3],
    ['Launch', null],
    ['budget', 1],
    ['Retro', 3],
    ['Untitled', null],
  ] as const;
  beforeAll(async () => {
    for (const [i, [name, day]] of MADE.entries()) {
      const startedAt = day === null ? null : `2026-03-0${day}T09:00:00.000Z`;
      await stores.recordings.create(
        aRecording(owner, {
          name,
          startedAt,
          createdAt: at(Math.floor(i / 2)),
          externalId: `f-${i}`,
          status: i === 1 ? 'failed' : 'completed',
        }),
      );
    }
  });
  const names = async (filter: RecordingFilter, tenant: Tenant = owner) =>
    (await stores.recordings.list(tenant, filter, { limit: 10 })).items.map(({ name }) => name).sort();

  test.each(['created_at', 'recorded_at'] as const)('by %s each stands once on pages of one', async (order) => {
    const whole = (await stores.recordings.list(owner, {}, { limit: 10, order })).items.map(({ id }) => id);
    const paged: string[] = [];
    for (let after: RecordingCursor | null = null; ; ) {
      const page: Page<Recording, RecordingCursor> = await stores.recordings.list(
        owner,
        {},
        { limit: 1, order, after },
      );
      paged.push(...page.items.map(({ id }) => id));
      after = page.next;
      if (after === null) break;
    }
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(MADE.length);
  });

  test('by recorded_at the newest meeting is first, and what has no date is last', async () => {
    const { items } = await stores.recordings.list(owner, {}, { limit: 10, order: 'recorded_at' });
    expect(items.map(({ startedAt }) => startedAt?.slice(8, 10))).toEqual(['03', '03', '01', undefined, undefined]);
    expect(items.at(0)?.name).toBe('Retro');
    expect(items.at(-1)?.name).toBe('Launch');
  });

  test.each([
    [{ nameContains: 'BUDGET' }, ['Budget (draft)', 'budget']],
    [{ nameContains: '(d' }, ['Budget (draft)']],
    [{ status: 'failed' }, ['Launch']],
    [{ externalId: 'f-3' }, ['Retro']],
    [{ recordedAfter: '2026-03-01T09:00:00.000Z' }, ['Budget (draft)', 'Retro', 'budget']],
    [{ recordedBefore: '2026-03-03T09:00:00.000Z' }, ['budget']],
    [{ recordedAfter: '2026-03-02T00:00:00.000Z', nameContains: 'r' }, ['Budget (draft)', 'Retro']],
  ] as [RecordingFilter, string[]][])('are found by %j', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
    for (const [, stranger] of strangersTo(owner)) expect(await names(filter, stranger)).toEqual([]);
  });
});
