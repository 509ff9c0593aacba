import type { Tenant } from '../../src/domain/access/tenant.ts';
import type { SessionId } from '../../src/domain/shared/ids.ts';
import type { ProjectStore } from '../../src/ports/access/key-store.ts';
import type { SessionStore } from '../../src/ports/ask/session-store.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface ExpiryDependencies {
  projects: ProjectStore;
  sessions: SessionStore;
  clock: Clock;
  /** The longest time that a turn may take, in ms. */
  turnBudgetMs: number;
}

export interface ExpiredSession {
  tenant: Tenant;
  id: SessionId;
  /** It has expired if nothing has happened in it since then. */
  idleSince: string;
}

export interface Expired {
  sessions: ExpiredSession[];
  /** After how long their erasures look once more, in ms. */
  lookAgainMs: number;
}

const DAY_MS = 86_400_000;

/** Sessions that outlived the retention of their project, at most `limit`. */
export function expiredSessions({ projects, sessions, clock, turnBudgetMs }: ExpiryDependencies) {
  return async ({ limit }: { limit: number }): Promise<Expired> => {
    const expired: ExpiredSession[] = [];
    for (const { id: projectId, askRetentionDays: days } of await projects.list()) {
      if (days === null || expired.length === limit) continue;
      const idleSince = new Date(clock.now().getTime() - days * DAY_MS).toISOString();
      const found = await sessions.inactiveSince(projectId, idleSince, limit - expired.length);
      expired.push(...found.map(({ id, ...tenant }) => ({ tenant, id, idleSince })));
    }
    return { sessions: expired, lookAgainMs: turnBudgetMs };
  };
}
