import type { FairQueue } from '../../src/domain/access/fair-queue.ts';
import type { Tenant } from '../../src/domain/access/tenant.ts';
import { withHeartbeat } from './heartbeat.ts';

/**
 * Makes activities wait until it is their project's turn, so that a worker takes only so much heavy work at once, also when
 * it starts anew and all of it waits. They send heartbeats meanwhile, so one that is taken back leaves the queue.
 */
export function inTurn(queue: FairQueue, { signal, heartbeat }: { signal(): AbortSignal; heartbeat(): void }) {
  return <I extends { tenant: Tenant }, R>(activity: (input: I) => Promise<R>) =>
    (input: I): Promise<R> =>
      withHeartbeat(heartbeat, () => queue.run(input.tenant.projectId, () => activity(input), signal()));
}
