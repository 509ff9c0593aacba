import type { Tenant } from '../../src/domain/access/tenant.ts';
import type { SessionId } from '../../src/domain/shared/ids.ts';
import type { ProjectStore } from '../../src/ports/access/key-store.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface ExpiryDependencies {
  projects: ProjectStore;
  sessions: SessionStore;
  clock: Clock;
}

const DAY_MS = 86_400_000;

/** Sessions that outlived the retention of their project, at most `limit`. */
export function expiredSessions({ projects, sessions, clock }: ExpiryDependencies) {
  return async ({ limit }: { limit: number }): Promise<{ tenant: Tenant; id: SessionId }[]> => {
    const expired: { tenant: Tenant; id: SessionId }[] = [];
    for (const { id: projectId, askRetentionDays: days } of await projects.list()) {
      if (days === null || expired.length === limit) continue;
      const before = new Date(clock.now().getTime() - days * DAY_MS).toISOString();
      const found = await sessions.inactiveSince(projectId, before, limit - expired.length);
      expired.push(...found.map(({ id, ...tenant }) => ({ tenant, id })));
    }
    return expired;
  };
}
