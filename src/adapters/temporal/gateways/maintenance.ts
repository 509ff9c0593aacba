import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { MAINTAIN } from '../../../../workflows/contract.ts';

/** The schedule that runs `maintain` every hour; made once for a namespace and task queue. */
export async function ensureMaintenance(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: `ask-maintain/${taskQueue}`,
      spec: { intervals: [{ every: '1h' }] },
      action: { type: 'startWorkflow', workflowType: MAINTAIN, taskQueue, workflowId: `ask-maintain/${taskQueue}` },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
