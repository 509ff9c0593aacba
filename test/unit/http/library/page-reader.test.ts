import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import { createPageReader } from '../../../../src/http/library/lib/page-reader.ts';

const tenantOf = (n: number) => ({
  projectId: idFromBytes('prj', Buffer.alloc(16, n)),
  mode: 'test' as const,
  endUserId: null,
});
const id = idFromBytes('txn', Buffer.alloc(16));

test('a project reads one page at a time, and another one does not wait for all of them', async () => {
  const order: string[] = [];
  const inFlight = new Set<string>();
  const segmentPage = async ({ projectId }: { projectId: string }) => {
    expect(inFlight).not.toContain(projectId);
    inFlight.add(projectId);
    order.push(projectId);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight.delete(projectId);
    return { segments: [], pageCount: 1 };
  };
  const listMessages = async (tenant: { projectId: string }) => {
    await segmentPage(tenant);
    return { items: [], next: null };
  };
  const reader = createPageReader({ transcripts: { segmentPage }, sessions: { listMessages } });
  const [noisy, quiet] = [tenantOf(1), tenantOf(2)];
  const reads = Array.from({ length: 10 }, (_, page) => reader.segmentPage(noisy, id, page));
  const exported = reader.listMessages(noisy, idFromBytes('as', Buffer.alloc(16)), { limit: 1, after: null });
  await Promise.all([...reads, exported, reader.segmentPage(quiet, id, 0)]);
  expect(order).toHaveLength(12);
  expect(order.indexOf(quiet.projectId)).toBe(1);
});
