import type { Client } from '@temporalio/client';
import type { Dependency } from '../../../ports/health.ts';

const PATIENCE_MS = 1_000;

export function temporalDependency(client: Client): Dependency {
  return {
    name: 'temporal',
    async check() {
      const { namespace } = client.options;
      await client.withDeadline(Date.now() + PATIENCE_MS, () =>
        client.workflowService.describeNamespace({ namespace }),
      );
    },
  };
}
